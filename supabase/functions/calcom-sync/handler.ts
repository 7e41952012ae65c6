import { logLine } from '../_shared/log.ts';
import type { DatabaseResult } from '../_shared/rpc.ts';
import {
  type Refuse,
  runInBackground,
  type ScheduledDeps,
  scheduledHandler,
} from '../_shared/scheduled-function.ts';
import { answerReparsed, answerSalon, answerStarted, ERRORS, type RefusalCode } from './answer.ts';
import { type Command, parseCommand } from './command.ts';
import { runLine } from './log-line.ts';
import type { Reparsed } from './reparse.ts';
import { run, type RunDeps, type SingleSalon } from './run.ts';

/** The dependencies of a run that do not depend on the request. */
export type Service = RunDeps & { reparse: () => Promise<DatabaseResult<Reparsed>> };

type Deps = ScheduledDeps<Service>;

/** Starts a run, and waits for it only if the command says so. */
export const handle = scheduledHandler<Command, Service, RefusalCode>({
  errors: ERRORS,
  parseCommand,
  execute: async (command, service, deps, refuse) => {
    if (command.kind === 'reparse') return await reparse(service, deps, refuse);
    if (command.wait) return await runAndWait(command.only, service, deps, refuse);
    runInBackground(deps, async () => {
      const report = await run(command.only, service);
      return { line: runLine(report, deps.now()), next: report.stoppedAtLimit ? {} : null };
    });
    return answerStarted();
  },
});

async function reparse(
  service: Service,
  deps: Deps,
  refuse: Refuse<RefusalCode>,
): Promise<Response> {
  const reparsed = await service.reparse();
  if (!reparsed.ok) return refuse('database_unavailable', reparsed.code);
  const { read, unreadable } = reparsed.value;
  deps.log(logLine(deps.now(), 'info', 'deliveries parsed again', { read, unreadable }));
  return answerReparsed(reparsed.value);
}

async function runAndWait(
  only: SingleSalon | null,
  service: Service,
  deps: Deps,
  refuse: Refuse<RefusalCode>,
): Promise<Response> {
  const report = await run(only, service);
  deps.log(runLine(report, deps.now()));
  const [salon] = report.salons;
  if (salon !== undefined) return answerSalon(salon);
  return report.code === null ? refuse('salon_busy') : refuse('database_unavailable', report.code);
}
