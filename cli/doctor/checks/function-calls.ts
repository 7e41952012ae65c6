import { counted } from '../../command/counted.ts';
import { type Check, failed, listed, passed, unjudged } from '../check.ts';
import { deployAgain } from '../next.ts';
import type { Target } from '../../target/target.ts';

type Answers = {
  /** An HTTP status, `timeout`, or `none`. */
  answer: string;
  count: number;
  /** Seconds since the last one. */
  age: number;
  text: string | null;
};

/** Both functions are called at least once in this time. What was before it may be repaired. */
const RECENT_SECONDS = 15 * 60;
const MAX_TEXT_CHARACTERS = 160;

/**
 * What came of the calls that pg_net made within the last hour. It keeps answers for six hours, and
 * does not say which function gave them.
 */
export const functionCalls: Check = {
  name: 'function calls',
  needs: 'extensions',
  async run(target) {
    const [setUp] = await target.database.rows<{ age: number | null }>(
      'select extract(epoch from now() - private.scheduled_at())::float8 as age',
    );
    const rows = await target.database.rows<Answers>(
      `select a.answer, count(*)::integer as count, min(a.age)::float8 as age,
         (array_agg(a.text order by a.age))[1] as text
       from (
         select coalesce(r.status_code::text, case when r.timed_out then 'timeout' else 'none' end)
             as answer,
           extract(epoch from now() - r.created) as age,
           left(coalesce(r.error_msg, r.content), ${MAX_TEXT_CHARACTERS}) as text
         from net._http_response r
         where r.created > now() - interval '1 hour'
           and r.id not in (select a.request_id from private.alerts a where a.request_id is not null)
           -- Without a provider sms-reminders does nothing, which is well while no salon reminds.
           and (exists (select from public.sms_settings s where s.enabled)
             or coalesce(r.content, '') not like '%server_misconfigured%SMS_PROVIDER%')
       ) a group by a.answer order by a.answer`,
    );
    const recent = rows.filter(({ age }) => age < RECENT_SECONDS);
    const lastSuccess = Math.min(...recent.filter(isSuccess).map(({ age }) => age));
    // Once is nothing if an answer since was well: a new worker secret may be a few seconds late.
    const [fault, ...others] = recent.filter((row) =>
      !isSuccess(row) && (row.count > 1 || row.age < lastSuccess)
    );
    if (fault !== undefined) {
      return failed(listed([fault, ...others].map(describe)), advice(fault, target));
    }
    if (recent.length > 0) {
      const total = rows.reduce((sum, { count }) => sum + count, 0);
      return passed(`${counted(total, 'answer')} within the hour, all recent ones well`);
    }
    return setUp?.age === null || (setUp?.age ?? 0) < RECENT_SECONDS
      ? unjudged('the jobs have just been set up, or not at all')
      : failed('pg_net has had no answer for 15 minutes', advice(null, target));
  },
};

const isSuccess = ({ answer }: Answers): boolean => /^2\d\d$/.test(answer);

function describe({ answer, count, text }: Answers): string {
  const said = (text ?? '').replace(/\s+/g, ' ').trim();
  return `${answer === 'none' ? 'no answer' : answer}, ${count}x${said ? `: ${said}` : ''}`;
}

function advice(fault: Answers | null, target: Target): string {
  const again = deployAgain(target);
  if (fault === null || fault.answer === 'timeout') {
    return "restart the project (Settings, General) if this stays: pg_net's worker has stopped";
  }
  if (fault.answer === '401') return `${again}, which makes a new worker secret`;
  if (fault.answer === '500') return 'set the variable that the answer or the log names';
  return `see functions and Vault, or ${again}; another app may also use pg_net`;
}
