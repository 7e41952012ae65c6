import { withClient } from '../../local/postgres/client.ts';
import { type BatchTimes, openJob } from './reminders-job.ts';
import { explainPlan, planAll } from './reminders-plan.ts';
import { reportCalls, reportScans, reportSending } from './reminders-report.ts';
import { createDueAppointments, createRemindedPast } from './reminders-scene.ts';
import { sendInRuns } from './reminders-send.ts';
import type { BenchDatabase, BenchServer } from './server.ts';

/** Sent in each database, after a first one that does not count. */
const BATCHES = 60;
const RUNS = 3;

/** 100,000 due reminders of 1,000 salons, beside a million appointments and messages of the past. */
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

/** Plans in both only what one call can, so that messages of the past are all that is different. */
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
