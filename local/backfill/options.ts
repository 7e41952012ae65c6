import { parseArgs } from 'node:util';
import { readTime } from '../read-time.ts';
import { SetupProblem } from '../setup-problem.ts';

const USAGE = 'npm run backfill -- --salon <cal.com username> --from <day> ' +
  '[--url https://<ref>.supabase.co]';

const DAY_PATTERN = /^\d{4}-\d\d-\d\d$/;

/** What the command line asks for. */
export type Options = {
  salon: string;
  /** A day, or a time with or without a zone. */
  from: string;
  /** A key to Cal.com's API to be kept from now on. */
  apiKey: string | null;
  /** The project; null: the local stack. */
  url: string | null;
  /** The key to that project. */
  key: string | null;
};

/**
 * Reads the command line; throws a SetupProblem with the usage. Keys come from the environment,
 * since npm prints the command line.
 */
export function readOptions(args: string[], env: NodeJS.ProcessEnv): Options {
  const { salon, from, url } = parse(args);
  if (!salon || !from) throw new SetupProblem(`usage: ${USAGE}`);
  return {
    salon,
    from,
    apiKey: env.CALCOM_API_KEY?.trim() || null,
    url: url ?? null,
    key: env.CRON_SECRET_KEY?.trim() || null,
  };
}

/** When the visits that are asked for begin: a day is that of the salon. */
export function readFrom(from: string, timeZone: string): Date {
  const time = readTime(DAY_PATTERN.test(from) ? `${from}T00:00` : from, timeZone);
  if (time !== null) return time;
  throw new SetupProblem(`--from ${from} is no day: write 2026-01-01, or 2026-01-01T10:00Z`);
}

function parse(args: string[]) {
  const text = { type: 'string' } as const;
  try {
    return parseArgs({
      args,
      options: { salon: text, from: text, url: text },
    }).values;
  } catch {
    throw new SetupProblem(`usage: ${USAGE}`);
  }
}
