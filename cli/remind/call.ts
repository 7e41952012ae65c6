import { SetupProblem } from '../../local/setup/setup-problem.ts';
import type { RemindersAnswer } from '../../supabase/functions/sms-reminders/answer.ts';
import { callFunction, unexpectedAnswer } from '../project/call-function.ts';
import type { Project } from '../project/project.ts';
import type { Options } from './options.ts';

const FUNCTION = 'sms-reminders';

/** Starts a run of the function; throws a SetupProblem when it refuses. */
export async function callReminders(
  project: Pick<Project, 'functionsUrl' | 'key'>,
  { at, dryRun }: Options,
): Promise<Extract<RemindersAnswer, { ok: true }>> {
  const body = { dryRun, at };
  const response = await callFunction(project, { name: FUNCTION, body, advice: 'run npm start' });
  if (response.ok) return await response.json();
  if (response.status === 401) {
    throw new SetupProblem('sms-reminders refuses SECRET_KEY: run npm start again');
  }
  throw unexpectedAnswer(FUNCTION, response.status, await response.text());
}
