/** `npm run remind`: runs the reminder job of the local stack, now or as if at another time. */
import type { ReminderPreview } from '../supabase/functions/sms-reminders/preview.ts';
import { describeNothingDue } from './remind/advice.ts';
import { callReminders } from './remind/call.ts';
import { formatCounts } from './remind/counts.ts';
import { openDatabase, type StackDatabase } from './remind/database.ts';
import { readMessages } from './remind/messages.ts';
import { readOptions, TIME_ZONE } from './remind/options.ts';
import { formatMessages, formatPreviews } from './remind/report.ts';
import { awaitRun } from './remind/run.ts';
import { reportFailure, SetupProblem } from './setup-problem.ts';
import { readStackEnv } from './stack-env.ts';
import { wallTimeOf } from './wall-time.ts';

async function main(): Promise<void> {
  const { at, dryRun } = readOptions(process.argv.slice(2));
  const stack = await readStackEnv();
  const answer = await callReminders(stack, { at, dryRun });
  console.log(`Reminders as of ${wallTimeOf(at ?? new Date(), TIME_ZONE)} in Warsaw:\n`);
  if ('runId' in answer) await reportRun(answer.runId, openDatabase(stack));
  else reportPreview(answer.reminders);
}

async function reportRun(runId: string, database: StackDatabase): Promise<void> {
  const { startedAt, counts, error } = await awaitRun(runId, database);
  const messages = await readMessages(startedAt, database);
  if (messages.length > 0) console.log(formatMessages(messages));
  else if (error === null) console.log(describeNothingDue(new Date()));
  console.log(`\n${formatCounts(counts)}`);
  if (error !== null) {
    throw new SetupProblem(`the run met with ${error}: see its log where npm start runs`);
  }
}

function reportPreview(reminders: ReminderPreview[]): void {
  const nothing = reminders.length === 0;
  console.log(nothing ? describeNothingDue(new Date()) : formatPreviews(reminders));
  console.log('\nThis was a dry run: nothing was written, nothing was sent.');
}

try {
  await main();
} catch (failure) {
  reportFailure(failure);
  process.exitCode = 1;
}
