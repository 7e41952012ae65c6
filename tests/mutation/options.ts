import { parseOptions } from '../../cli/command/options.ts';
import { SetupProblem } from '../../local/setup/setup-problem.ts';

/** How the command is called. */
export const USAGE = 'npm run test:mutation -- [--sql] [--typescript] [--sample 50] [--seed 1] ' +
  '[--files 30_ingest/4] [--limit 300] [--minutes 60] [--json result.json] [--list], where files ' +
  'is a part of a path, limit the seconds for each mutant, and minutes when no other one begins';

/** What the command line asks for. */
export interface Options {
  sql: boolean;
  typescript: boolean;
  /** How many mutants of each kind; null: all. */
  sample: number | null;
  seed: number;
  files: string;
  limitMs: number;
  deadlineMs: number;
  json: string | null;
  list: boolean;
}

/** Reads the command line; throws a SetupProblem when it makes no sense. */
export function readOptions(args: string[]): Options {
  const { values } = parseOptions({
    args,
    options: {
      sql: { type: 'boolean', default: false },
      typescript: { type: 'boolean', default: false },
      sample: { type: 'string' },
      seed: { type: 'string', default: '1' },
      files: { type: 'string', default: '' },
      limit: { type: 'string', default: '300' },
      minutes: { type: 'string', default: '600' },
      json: { type: 'string' },
      list: { type: 'boolean', default: false },
    },
  }, USAGE);
  const both = values.sql === values.typescript;
  return {
    sql: both || values.sql,
    typescript: both || values.typescript,
    sample: values.sample === undefined ? null : count('sample', values.sample),
    seed: count('seed', values.seed),
    files: values.files,
    limitMs: count('limit', values.limit) * 1000,
    deadlineMs: count('minutes', values.minutes) * 60_000,
    json: values.json ?? null,
    list: values.list,
  };
}

function count(option: string, value: string): number {
  if (/^\d{1,9}$/.test(value)) return Number(value);
  throw new SetupProblem(`--${option} ${value} is not a whole number. usage: ${USAGE}`);
}
