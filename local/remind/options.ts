import { parseArgs } from 'node:util';
import { readTime } from '../read-time.ts';
import { SetupProblem } from '../setup-problem.ts';

/** Where times without a zone of their own are, whatever the zone of a salon. */
export const TIME_ZONE = 'Europe/Warsaw';

const USAGE = 'npm run remind -- [--at <time>] [--dry-run]';

/** What the command line asks for. */
export type Options = {
  /** What time it is for the run; null: the real time. */
  at: Date | null;
  dryRun: boolean;
};

/** Reads the command line; throws a SetupProblem when it makes no sense. */
export function readOptions(args: string[]): Options {
  const { at, 'dry-run': dryRun } = parse(args);
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

function parse(args: string[]) {
  try {
    return parseArgs({
      args,
      options: { at: { type: 'string' }, 'dry-run': { type: 'boolean', default: false } },
    }).values;
  } catch {
    throw new SetupProblem(
      `usage: ${USAGE}, where <time> is one in Warsaw as 2026-12-01T17:15, or has a zone as ` +
        '2026-12-01T16:15Z',
    );
  }
}
