import { parseOptions } from '../command/options.ts';
import type { TargetOptions } from '../target/target.ts';

/** How the command is called. */
export const USAGE =
  'npm run doctor [-- --project-ref <ref> | --db-url <url> --functions-url <url>] [--json]; ' +
  'without a project: the local stack';

/** What the command line asks for. */
export type Options = { target: TargetOptions; json: boolean };

/** Reads the command line; throws a SetupProblem with the usage when it is invalid. */
export function readOptions(args: string[]): Options {
  const { json, 'project-ref': ref, 'db-url': dbUrl, 'functions-url': functionsUrl } = parseOptions(
    {
      args,
      options: {
        'project-ref': { type: 'string' },
        'db-url': { type: 'string' },
        'functions-url': { type: 'string' },
        'json': { type: 'boolean', default: false },
      },
    },
    USAGE,
  ).values;
  return { target: { ref, dbUrl, functionsUrl }, json };
}
