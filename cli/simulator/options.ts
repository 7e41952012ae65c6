import { SetupProblem } from '../../local/setup/setup-problem.ts';
import { parseOptions } from '../command/options.ts';
import { CASES } from './cases/cases.ts';
import { DEFAULT_SALON } from './world/salons.ts';

/** How the command is called. */
export const USAGE =
  'npm run calcom -- <case> [--at <time> | --at today] [--salon <cal.com username>] [--url <webhook>] ' +
  '[--secret <secret>] [--verbose] | --list';

/** What the command line asks for. */
export type Options = {
  list: boolean;
  caseName: string | null;
  at: string | null;
  salon: string;
  url: string | null;
  secret: string | null;
  verbose: boolean;
};

/** Reads the command line; throws a SetupProblem with the usage when it is invalid. */
export function readOptions(args: string[]): Options {
  const { values, positionals } = parse(args);
  if (positionals.length > 1) throw new SetupProblem(`one case at a time; usage: ${USAGE}`);
  return {
    list: values.list,
    caseName: positionals[0] ?? null,
    at: values.at ?? null,
    salon: values.salon,
    url: values.url ?? null,
    secret: values.secret ?? null,
    verbose: values.verbose,
  };
}

function parse(args: string[]) {
  return parseOptions({
    args,
    allowPositionals: true,
    options: {
      list: { type: 'boolean', default: false },
      at: { type: 'string' },
      salon: { type: 'string', default: DEFAULT_SALON },
      url: { type: 'string' },
      secret: { type: 'string' },
      verbose: { type: 'boolean', default: false },
    },
  }, USAGE);
}

/** All cases, one line each. */
export function listCases(): string {
  const width = Math.max(...[...CASES.keys()].map((name) => name.length));
  return [...CASES].map(([name, { summary }]) => `  ${name.padEnd(width)}  ${summary}`).join('\n');
}
