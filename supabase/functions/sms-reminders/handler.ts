import { refusalLine } from '../_shared/refusal-line.ts';
import { answerPreview, answerRefusal, answerStarted, type RefusalCode } from './answer.ts';
import { type Clock, createClock } from './clock.ts';
import { type Command, readCommand } from './command.ts';
import { runLine } from './log-line.ts';
import type { Outbox } from './outbox.ts';
import { preview } from './preview.ts';
import { run, type RunDeps } from './run.ts';

/** Everything a run uses that does not depend on the request. */
export type Service =
  & Omit<RunDeps, 'outbox' | 'clock' | 'plans'>
  & { allowFakeClock: boolean; openOutbox: (clock: Clock) => Outbox };

/** Everything the handler uses from outside. */
export type Deps = {
  /** What runs need, or the variable without which there are none. */
  service: { ok: true; service: Service } | { ok: false; variable: string };
  /** Milliseconds since 1970. */
  now: () => number;
  log: (line: string) => void;
  /** Keeps the function alive until the work is done, though the answer is out. */
  waitUntil: (work: Promise<void>) => void;
  /** Starts another run, at that time if there is one. Never throws. */
  goOn: (at: string | null) => Promise<void>;
};

type Refuse = (code: RefusalCode, cause?: string) => Response;

/**
 * Answers a caller who has shown the key `cron`: starts a run and does not wait for it, because
 * pg_net makes every other request wait as long as this one. Never throws.
 */
export async function handle(request: Request, deps: Deps): Promise<Response> {
  const refuse: Refuse = (code, cause) => {
    deps.log(refusalLine({ code, cause: cause ?? null, finishedAtMs: deps.now() }));
    return answerRefusal(code, cause ?? null);
  };
  try {
    return await decide(request, deps, refuse);
  } catch (error) {
    return refuse('internal_error', error instanceof Error ? error.name : 'exception');
  }
}

async function decide(request: Request, deps: Deps, refuse: Refuse): Promise<Response> {
  if (request.method !== 'POST') return refuse('method_not_allowed');
  if (!deps.service.ok) return refuse('server_misconfigured', deps.service.variable);

  const { service } = deps.service;
  const read = await readCommand(request);
  if (!read.ok) return refuse(read.code);
  const { command } = read;
  if (command.at !== null && !command.dryRun && !service.allowFakeClock) {
    return refuse('clock_not_allowed');
  }
  return command.dryRun
    ? await rehearse(command, service, deps, refuse)
    : await start(command, service, deps, refuse);
}

async function rehearse(
  { at }: Command,
  { countries, openOutbox }: Service,
  deps: Deps,
  refuse: Refuse,
): Promise<Response> {
  const due = await openOutbox(createClock(at, deps.now)).preview();
  if (!due.ok) return refuse('database_unavailable', due.code);
  return answerPreview(due.value.map((reminder) => preview(reminder, countries)));
}

async function start(
  { at, goOn }: Command,
  service: Service,
  deps: Deps,
  refuse: Refuse,
): Promise<Response> {
  const clock = createClock(at, deps.now);
  const outbox = service.openOutbox(clock);
  const started = await outbox.startRun();
  if (!started.ok) return refuse('database_unavailable', started.code);

  const runId = started.value;
  const provider = service.provider.name;
  const work = async () => {
    const report = await run(runId, { ...service, clock, outbox, plans: !goOn });
    deps.log(runLine({ ...report, runId, provider, finishedAtMs: deps.now() }));
    if (report.stoppedAtLimit) await deps.goOn(clock.override());
  };
  deps.waitUntil(work());
  return answerStarted(runId);
}
