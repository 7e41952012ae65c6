import { useState } from 'preact/hooks';
import { useActions } from '../actions/actions.tsx';
import { OutcomeNotice } from '../actions/outcome-notice.tsx';
import type { AppointmentClient, AppointmentPet } from '../../../shared/calendar/appointment.ts';
import type { Choice } from '../appointments/assign/choices.ts';
import { useT } from '../i18n/use-language.tsx';
import { BookedFor } from './booked-for.tsx';
import { TimeForm } from './time-form.tsx';

/** For whom is booked. */
export type Booked = { client: AppointmentClient; pet: AppointmentPet | null };

/** Books an appointment for a client in Cal.com, so that the time is taken there. */
export function BookingForm({ date, close }: { date: string; close(): void }) {
  const t = useT();
  const { outcome, forget } = useActions();
  const [choice, setChoice] = useState<Choice | null>(null);
  const [isBooked, setBooked] = useState(false);

  function choose(chosen: Choice | null): void {
    forget();
    setChoice(chosen);
  }
  if (isBooked && outcome) {
    return (
      <div class='stack'>
        <OutcomeNotice />
        <button type='button' class='button' onClick={close}>{t('week.close')}</button>
      </div>
    );
  }
  return (
    <div class='stack'>
      <BookedFor choice={choice} choose={choose} />
      <OutcomeNotice />
      {choice?.client && (
        <TimeForm
          booked={{ client: choice.client, pet: choice.pet }}
          date={date}
          done={() => setBooked(true)}
        />
      )}
    </div>
  );
}
