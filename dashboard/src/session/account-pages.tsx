import { useState } from 'preact/hooks';
import type { CalendarClient } from '../../../shared/calendar/client.ts';
import { RecoverPage } from './recover-page.tsx';
import { SignInPage } from './sign-in-page.tsx';

/** What somebody sees who is not signed in: the form to sign in, or the one for a lost password. */
export function AccountPages({ supabase, expired, linkExpired }: {
  supabase: CalendarClient;
  expired: boolean;
  linkExpired: boolean;
}) {
  const [isLost, setLost] = useState(false);
  if (isLost) return <RecoverPage supabase={supabase} back={() => setLost(false)} />;
  return (
    <SignInPage
      supabase={supabase}
      expired={expired}
      linkExpired={linkExpired}
      forgot={() => setLost(true)}
    />
  );
}
