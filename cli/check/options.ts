import { SetupProblem } from '../../local/setup/setup-problem.ts';
import { parseOptions } from '../command/options.ts';

/** How the command is called. */
export const USAGE = 'npm run check [-- database]';

/** What the command line asks for. */
export type Options = {
  /** Whether only the checks that need a database run. */
  databaseOnly: boolean;
};

/** Reads the command line; throws a SetupProblem with the usage when it is invalid. */
export function readOptions(args: string[]): Options {
  const { positionals } = parseOptions({ args, allowPositionals: true, options: {} }, USAGE);
  const [part, ...rest] = positionals;
  if ((part !== undefined && part !== 'database') || rest.length > 0) {
    throw new SetupProblem(`usage: ${USAGE}`);
  }
  return { databaseOnly: part === 'database' };
}
