import { median } from '../measure/load.ts';
import { row, section, verdict } from '../measure/report.ts';
import { BATCH, type BatchTimes, type CallTime } from './job.ts';
import type { AppointmentScan } from './plan.ts';
import { PROVIDER_MS, type SendingRun } from './send.ts';

/** Reports which appointments the planning reads. */
export function reportScans(scans: readonly AppointmentScan[], due: number): string {
  const most = Math.max(...scans.map(({ appointments }) => appointments));
  return section('reminders: appointments read to plan one salon, of a million', [
    ...scans.map(({ index, condition, appointments }) =>
      `${row(index, [appointments.toFixed(0)])}   ${condition}`
    ),
    '',
    verdict('read by one scan / due', most / due, { atMost: 1 }),
  ]);
}

/** Reports the database's time for a message; `few` and `million` were measured in turns. */
export function reportCalls(
  plans: readonly CallTime[],
  few: readonly BatchTimes[],
  million: readonly BatchTimes[],
): string {
  const steps: [name: string, time: CallTime][] = [
    ['sms_plan', perMessage(plans)],
    ['sms_claim', perMessage(million.map(({ claim }) => claim), BATCH)],
    ['sms_begin_dispatch', perMessage(million.flatMap(({ begins }) => begins))],
    ['sms_settle', perMessage(million.flatMap(({ settles }) => settles))],
  ];
  const total = (of: keyof CallTime) => steps.reduce((sum, [, time]) => sum + time[of], 0);
  const slowdown = million.map(({ claim }, batch) =>
    claim.waitedMs / (few[batch]?.claim.waitedMs ?? NaN)
  );
  return section('reminders: time of the database for one message, medians', [
    row('', ['executing', 'in all']),
    ...steps.map(([name, { executingMs, waitedMs }]) =>
      row(name, [executingMs.toFixed(2), waitedMs.toFixed(2)])
    ),
    '',
    verdict('ms executing', total('executingMs'), { atMost: 2 }),
    verdict('ms with the way there and the commits', total('waitedMs'), { atMost: 2 }),
    verdict('sms_claim, beside a million messages / few', median(slowdown), { atMost: 1.1 }),
  ]);
}

/** Reports how well the function keeps a provider busy. */
export function reportSending(runs: readonly SendingRun[]): string {
  const residentKb = runs.map((run) => run.residentKb);
  const growth = (residentKb.at(-1) ?? NaN) / (residentKb[0] ?? NaN);
  return section(`reminders: ${runs.length} runs, a provider that answers in ${PROVIDER_MS} ms`, [
    row('', runs.map((_, index) => `run ${index + 1}`)),
    row('sent', runs.map(({ sent }) => String(sent))),
    row('memory of the function, MB', residentKb.map((kb) => (kb / 1024).toFixed(0))),
    '',
    verdict('own time / waiting for the provider', median(runs.map(({ ownShare }) => ownShare)), {
      atMost: 0.2,
    }),
    verdict('memory after the last run / the first', growth, { atMost: 1.1 }),
  ]);
}

function perMessage(times: readonly CallTime[], messages = 1): CallTime {
  return {
    executingMs: median(times.map(({ executingMs }) => executingMs)) / messages,
    waitedMs: median(times.map(({ waitedMs }) => waitedMs)) / messages,
  };
}
