import { SetupProblem } from '../../local/setup/setup-problem.ts';
import { parseOptions } from '../command/options.ts';
import type { TargetOptions } from '../target/target.ts';

/** How the command is called. */
export const USAGE =
  'npm run uninstall [-- --project-ref <ref> | --db-url <url> --functions-url <url>] [--yes] ' +
  '[--delete-tables [--confirm <ref>]]; without a project: the local stack';

/** What the command line asks for. */
export type Options = {
  target: TargetOptions;
  /** Whether to ask nothing. It never stands for `confirm`. */
  yes: boolean;
  /** Whether the tables go too. */
  deleteTables: boolean;
  /** The name of the target, repeated, instead of typing it. */
  confirm: string | undefined;
};

/** Reads the command line; throws a SetupProblem with the usage when it is invalid. */
export function readOptions(args: string[]): Options {
  const { values } = parseOptions({
    args,
    options: {
      'project-ref': { type: 'string' },
      'db-url': { type: 'string' },
      'functions-url': { type: 'string' },
      'yes': { type: 'boolean', default: false },
      'delete-tables': { type: 'boolean', default: false },
      'confirm': { type: 'string' },
    },
  }, USAGE);
  const { 'delete-tables': deleteTables, confirm, yes } = values;
  if (confirm !== undefined && !deleteTables) throw new SetupProblem(`usage: ${USAGE}`);
  const target = {
    ref: values['project-ref'],
    dbUrl: values['db-url'],
    functionsUrl: values['functions-url'],
  };
  return { target, yes, deleteTables, confirm };
}
