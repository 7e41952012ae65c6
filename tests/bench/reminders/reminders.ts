import { withClient } from '../../../local/postgres/client.ts';
import type { BenchDatabase, BenchServer } from '../database/server.ts';
import { type BatchTimes, openJob } from './job.ts';
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

/** Plans only one call's worth in both, so that they differ only in past messages. */
async function sendInTurns(
  few: BenchDatabase,
  million: BenchDatabase,
): Promise<[few: BatchTimes[], million: BatchTimes[]]> {
  const jobs = { few: await openJob(few), million: await openJob(million) };
  await jobs.few.plan(null);
  await jobs.million.plan(null);
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
