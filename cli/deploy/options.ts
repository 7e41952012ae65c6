import { SetupProblem } from '../../local/setup/setup-problem.ts';
import { parseOptions } from '../command/options.ts';

/** How the command is called. */
export const USAGE =
  'npm run deploy -- --project-ref <ref> [--yes], where <ref> is the 20 letters ' +
  'in https://<ref>.supabase.co';

const PROJECT_REF = /^[a-z]{20}$/;

/** What the command line asks for. */
export type Options = {
  /** The project's id, the first part of its address. */
  ref: string;
  /** Whether the CLI proceeds without asking. */
  yes: boolean;
};

/** Reads the command line; throws a SetupProblem with the usage when it names no project. */
export function readOptions(args: string[]): Options {
  const { 'project-ref': ref, yes } = parseOptions({
    args,
    options: { 'project-ref': { type: 'string' }, yes: { type: 'boolean', default: false } },
  }, USAGE).values;
  if (ref !== undefined && PROJECT_REF.test(ref)) return { ref, yes };
  throw new SetupProblem(`usage: ${USAGE}`);
}
