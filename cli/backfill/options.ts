import { SetupProblem } from '../../local/setup/setup-problem.ts';
import { parseOptions, readVariable } from '../command/options.ts';
import { readTime } from '../time/read-time.ts';

/** How the command is called. Keys come from the environment, since npm prints the command line. */
export const USAGE = 'npm run backfill -- --salon <cal.com username> --from <day> ' +
  '[--url https://<ref>.supabase.co]';

const DAY_PATTERN = /^\d{4}-\d\d-\d\d$/;

/** What the command line asks for. */
export type Options = {
  salon: string;
  /** A day, or a time with or without a zone. */
  from: string;
  /** A key to Cal.com's API, to be stored in Vault. */
  apiKey: string | null;
  /** The project; null: the local stack. */
  url: string | null;
};

/** Reads the command line; throws a SetupProblem with the usage. */
export function readOptions(args: string[], env: NodeJS.ProcessEnv): Options {
  const text = { type: 'string' } as const;
  const { salon, from, url = null } =
    parseOptions({ args, options: { salon: text, from: text, url: text } }, USAGE).values;
  if (!salon || !from) throw new SetupProblem(`usage: ${USAGE}`);
  return { salon, from, apiKey: readVariable('CALCOM_API_KEY', env), url };
}

/** When the first booking to import begins; a day without a zone is in the salon's zone. */
export function readFrom(from: string, timeZone: string, option = '--from'): Date {
  const time = readTime(DAY_PATTERN.test(from) ? `${from}T00:00` : from, timeZone);
  if (time !== null) return time;
  throw new SetupProblem(`${option} ${from} is not a day: write 2026-01-01, or 2026-01-01T10:00Z`);
}
