/** `npm run remind`: runs the reminder job of the local stack, now or as if at another time. */
import { SetupProblem } from '../../local/setup/setup-problem.ts';
import type { ReminderPreview } from '../../supabase/functions/sms-reminders/preview.ts';
import { runMain } from '../command/run-main.ts';
import type { DataApi } from '../project/data-api.ts';
import { openLocalProject } from '../project/project.ts';
import { wallTimeOf } from '../../shared/time/wall-time.ts';
import { describeNothingDue } from './advice.ts';
import { callReminders } from './call.ts';
import { formatCounts } from './counts.ts';
import { readMessages } from './messages.ts';
import { readOptions, TIME_ZONE, USAGE } from './options.ts';
import { formatMessages, formatPreviews } from './report.ts';
import { awaitRun } from './run.ts';

await runMain(USAGE, async (args) => {
  const options = readOptions(args);
  const project = await openLocalProject();
  const answer = await callReminders(project, options);
  const time = wallTimeOf(options.at ?? new Date(), TIME_ZONE);
  console.log(`Reminders as of ${time} in Warsaw:\n`);
  if ('runId' in answer) await reportRun(answer.runId, project.database);
  else reportPreview(answer.reminders);
});

async function reportRun(runId: string, database: DataApi): Promise<void> {
  const { startedAt, counts, error } = await awaitRun(runId, database);
  const messages = await readMessages(startedAt, database);
  if (messages.length > 0) console.log(formatMessages(messages));
  else if (error === null) console.log(describeNothingDue(new Date()));
  console.log(`\n${formatCounts(counts)}`);
  if (error !== null) {
    throw new SetupProblem(`the run failed with ${error}: see the log of npm start`);
  }
}

function reportPreview(reminders: ReminderPreview[]): void {
  const nothing = reminders.length === 0;
  console.log(nothing ? describeNothingDue(new Date()) : formatPreviews(reminders));
  console.log('\nThis was a dry run: nothing was written, nothing was sent.');
}
