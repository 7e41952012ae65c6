import { ownMember } from '../../../shared/json/records.ts';
import { requestJson } from '../../../shared/http/request-json.ts';
import type { Target } from '../../target/target.ts';
import { type Check, failed, passed, unjudged } from '../check.ts';
import { inSqlEditor } from '../next.ts';

/** Whether a stranger can sign up, and whether an address is confirmed before it is trusted. */
type AuthSettings = { isOpen: boolean; confirms: boolean };

const REQUEST = { timeoutMs: 15_000, maxAnswerBytes: 100_000 };
const LIMIT = 'alter table public.sms_settings alter daily_cap set default 0;';

/** Whether strangers can neither send SMS at the operator's cost nor accept others' invitations. */
export const signUp: Check = {
  name: 'sign-up',
  needs: 'database',
  async run(target) {
    const settings = await readSettings(target);
    if (settings === null) return unjudged('its Auth does not show its settings');
    const place = 'Authentication, Sign In / Providers';
    if (!settings.confirms) {
      return failed('addresses are not confirmed', `switch "Confirm email" on, under ${place}`);
    }
    if (!settings.isOpen) return passed('off');
    return await newSalonsMaySend(target)
      ? failed(
        'anyone can sign up, and a new salon may send SMS',
        `switch sign-up off, under ${place}, or ${inSqlEditor(LIMIT)}`,
      )
      : passed('on, but a new salon may not send SMS');
  },
};

async function readSettings(target: Target): Promise<AuthSettings | null> {
  const settings = target.management === null
    ? await publicSettings(target)
    : await target.management.authConfig();
  const isClosed = ownMember(settings, 'disable_signup');
  if (typeof isClosed !== 'boolean') return null;
  return { isOpen: !isClosed, confirms: ownMember(settings, 'mailer_autoconfirm') !== true };
}

/** What Supabase Auth shows to anyone. */
async function publicSettings(target: Target): Promise<unknown> {
  const answer = await requestJson({
    fetch,
    url: `${target.apiUrl}/auth/v1/settings`,
    init: { headers: { apikey: await target.secretKey() } },
    ...REQUEST,
  });
  return answer.kind === 'answer' && answer.status === 200 ? answer.body : null;
}

async function newSalonsMaySend({ database }: Target): Promise<boolean> {
  const [row] = await database.rows<{ cap: string | null }>(
    `select c.column_default as cap from information_schema.columns c
     where c.table_schema = 'public' and c.table_name = 'sms_settings'
       and c.column_name = 'daily_cap'`,
  );
  return row?.cap !== '0';
}
