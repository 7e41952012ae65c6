import { withClient } from '../../../local/postgres/client.ts';
import type { BenchDatabase, BenchServer } from '../database/server.ts';
import { BATCH, type BatchTimes, type Job, openJob } from './job.ts';
import { explainPlan, planAll } from './plan.ts';
import { reportCalls, reportScans, reportSending } from './report.ts';
import { createDueAppointments, createRemindedPast } from './scene.ts';
import { sendInRuns } from './send.ts';

/** The batches in each database, after a warm-up batch. */
const BATCHES = 60;
const RUNS = 3;

/** Measures 100,000 due reminders of 1,000 salons, with and without a million past appointments. */
export async function benchReminders(server: BenchServer): Promise<string> {
  const few = await server.createDatabase('reminders_few');
  await createDueAppointments(few);
  const million = await server.createDatabase('reminders_million');
  await createDueAppointments(million);
  await createRemindedPast(million);

  const { scans, due } = await explainPlan(million);
  const [inFew, inMillion] = await sendInTurns(few, million);
  const plans = await planAll(million);
  const runs = await sendInRuns(server, million, RUNS);
  return [reportScans(scans, due), reportCalls(plans, inFew, inMillion), reportSending(runs)]
    .join('\n');
}

/** Plans as much in both, so that they differ only in past messages. */
async function sendInTurns(
  few: BenchDatabase,
  million: BenchDatabase,
): Promise<[few: BatchTimes[], million: BatchTimes[]]> {
  const jobs = { few: await openJob(few), million: await openJob(million) };
  await planForBatches(jobs.few);
  await planForBatches(jobs.million);
  for (const { url } of [few, million]) {
    await withClient(url('postgres'), (client) => client.query('analyze public.sms_messages'));
  }
  const times: [BatchTimes[], BatchTimes[]] = [[], []];
  for (let batch = 0; batch <= BATCHES; batch++) {
    const inFew = await jobs.few.sendBatch();
    const inMillion = await jobs.million.sendBatch();
    if (batch === 0) continue;
    times[0].push(inFew);
    times[1].push(inMillion);
  }
  await Promise.all([jobs.few.close(), jobs.million.close()]);
  return times;
}

/** Plans enough for all batches, of so many salons that each message of a batch has its own. */
async function planForBatches(job: Job): Promise<void> {
  let planned = 0;
  let after: string | null = null;
  while (planned < 2 * BATCHES * BATCH) {
    const call = await job.plan(after);
    planned += call.planned;
    after = call.next;
  }
}
