import { refusalLine } from '../_shared/refusal-line.ts';
import type { Stored } from '../_shared/stored.ts';
import {
  answerRefusal,
  answerReparsed,
  answerSalon,
  answerStarted,
  type RefusalCode,
} from './answer.ts';
import { readCommand } from './command.ts';
import { reparseLine, runLine } from './log-line.ts';
import type { Reparsed } from './reparse.ts';
import { type Only, run, type RunDeps, type RunReport } from './run.ts';

/** Everything the handler uses from outside. */
export type Deps = {
  /** What runs need, or the variable without which there are none. */
  service:
    | { ok: true; service: RunDeps & { reparse: () => Promise<Stored<Reparsed>> } }
    | { ok: false; variable: string };
  /** Milliseconds since 1970. */
  now: () => number;
  log: (line: string) => void;
  /** Keeps the function alive until the work is done, though the answer is out. */
  waitUntil: (work: Promise<void>) => void;
  /** Starts another run for the salons that are left. Never throws. */
  goOn: () => Promise<void>;
};

type Refuse = (code: RefusalCode, cause?: string) => Response;

/**
 * Answers a caller who has shown the key `cron`: starts a run and does not wait for it unless asked,
 * because pg_net makes every other request wait as long as this one. Never throws.
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
  if (command.kind === 'reparse') {
    const reparsed = await service.reparse();
    if (!reparsed.ok) return refuse('database_unavailable', reparsed.code);
    deps.log(reparseLine(reparsed.value, deps.now()));
    return answerReparsed(reparsed.value);
  }
  if (!command.wait) {
    deps.waitUntil(runAndGoOn(command.only, service, deps));
    return answerStarted();
  }

  const report = await runAndLog(command.only, service, deps);
  const [salon] = report.salons;
  if (salon !== undefined) return answerSalon(salon);
  return report.code === null ? refuse('salon_busy') : refuse('database_unavailable', report.code);
}

async function runAndGoOn(only: Only | null, service: RunDeps, deps: Deps): Promise<void> {
  const { stoppedAtLimit } = await runAndLog(only, service, deps);
  if (stoppedAtLimit) await deps.goOn();
}

async function runAndLog(only: Only | null, service: RunDeps, deps: Deps): Promise<RunReport> {
  const report = await run(only, service);
  deps.log(runLine(report, deps.now()));
  return report;
}
