import { SetupProblem } from '../../local/setup/setup-problem.ts';
import { parseOptions } from '../command/options.ts';
import { readTime } from '../time/read-time.ts';

/** The zone of times that name none, whatever the zone of a salon. */
export const TIME_ZONE = 'Europe/Warsaw';

/** How the command is called. */
export const USAGE = 'npm run remind -- [--at <time>] [--dry-run], where <time> is one in Warsaw ' +
  'as 2026-12-01T17:15, or has a zone as 2026-12-01T16:15Z';

/** What the command line asks for. */
export type Options = {
  /** What time it is for the run; null: the real time. */
  at: Date | null;
  dryRun: boolean;
};

/** Reads the command line; throws a SetupProblem when it makes no sense. */
export function readOptions(args: string[]): Options {
  const { at, 'dry-run': dryRun } = parseOptions({
    args,
    options: { at: { type: 'string' }, 'dry-run': { type: 'boolean', default: false } },
  }, USAGE).values;
  if (at === undefined) return { at: null, dryRun };
  const time = readTime(at, TIME_ZONE);
  if (time === null) {
    throw new SetupProblem(
      `--at ${at} is not a time: write 2026-12-01T17:15 for the time in Warsaw, or add a zone as ` +
        'in 2026-12-01T16:15Z',
    );
  }
  return { at: time, dryRun };
}
