import {
  type Refuse,
  runInBackground,
  type ScheduledDeps,
  scheduledHandler,
} from '../_shared/scheduled-function.ts';
import { answerPreview, answerStarted, ERRORS, type RefusalCode } from './answer.ts';
import { type Clock, createClock } from './clock.ts';
import { type Command, parseCommand } from './command.ts';
import { runLine } from './log-line.ts';
import type { Outbox } from './outbox.ts';
import { preview } from './preview.ts';
import { run, type RunDeps } from './run.ts';

/** Everything a run uses that does not depend on the request. */
export type Service =
  & Omit<RunDeps, 'outbox' | 'clock' | 'plans'>
  & { allowFakeClock: boolean; openOutbox: (clock: Clock) => Outbox };

type Deps = ScheduledDeps<Service>;

/** Starts a run and does not wait for it, or shows what one would do. */
export const handle = scheduledHandler<Command, Service, RefusalCode>({
  errors: ERRORS,
  parseCommand,
  execute: async (command, service, deps, refuse) => {
    if (command.at !== null && !command.dryRun && !service.allowFakeClock) {
      return refuse('clock_not_allowed');
    }
    return command.dryRun
      ? await showPreview(command, service, deps, refuse)
      : await startRun(command, service, deps, refuse);
  },
});

async function showPreview(
  { at }: Command,
  { openOutbox, ...rules }: Service,
  deps: Deps,
  refuse: Refuse<RefusalCode>,
): Promise<Response> {
  const due = await openOutbox(createClock(at, deps.now)).preview();
  if (!due.ok) return refuse('database_unavailable', due.code);
  return answerPreview(due.value.map((reminder) => preview(reminder, rules)));
}

async function startRun(
  { at, goOn, planAfter }: Command,
  service: Service,
  deps: Deps,
  refuse: Refuse<RefusalCode>,
): Promise<Response> {
  const clock = createClock(at, deps.now);
  const outbox = service.openOutbox(clock);
  const started = await outbox.startRun();
  if (!started.ok) return refuse('database_unavailable', started.code);

  const runId = started.value;
  const provider = service.provider.name;
  runInBackground(deps, async () => {
    const plans = goOn && planAfter === null ? null : { after: planAfter };
    const report = await run(runId, { ...service, clock, outbox, plans });
    const { stoppedAtLimit, unplannedAfter } = report;
    return {
      line: runLine({ ...report, runId, provider, finishedAtMs: deps.now() }),
      next: stoppedAtLimit || unplannedAfter !== null
        ? { at: clock.override(), goOn: true, planAfter: unplannedAfter }
        : null,
    };
  });
  return answerStarted(runId);
}
