import type { RemindersAnswer } from '../../supabase/functions/sms-reminders/answer.ts';
import { post } from '../post.ts';
import { SetupProblem } from '../setup-problem.ts';
import type { StackEnv } from '../stack-env.ts';
import type { Options } from './options.ts';

const MAX_ANSWER_CHARACTERS = 500;

/** Calls the function as the scheduler does; throws a SetupProblem when it refuses. */
export async function callReminders(
  stack: StackEnv,
  { at, dryRun }: Options,
): Promise<Extract<RemindersAnswer, { ok: true }>> {
  const headers = { apikey: stack('CRON_SECRET_KEY'), 'content-type': 'application/json' };
  const body = JSON.stringify({ dryRun, at });
  const url = `${stack('FUNCTIONS_URL')}/sms-reminders`;
  const response = await post(url, { headers, body }, 'run npm start');
  if (response.ok) return await response.json();
  if (response.status === 401) {
    throw new SetupProblem('sms-reminders refuses CRON_SECRET_KEY: run npm start again');
  }
  const text = (await response.text()).slice(0, MAX_ANSWER_CHARACTERS);
  throw new SetupProblem(`sms-reminders answered ${response.status} ${text}`);
}
