import { SetupProblem } from '../../local/setup/setup-problem.ts';
import type { Terminal } from '../deploy/terminal.ts';
import type { Target } from '../target/target.ts';
import type { Options } from './options.ts';

/**
 * Whether the user agrees. Tables hold what nobody can bring back, so `--yes` alone does not delete
 * them. Throws a SetupProblem if nobody can answer.
 */
export async function isAgreed(
  target: Target,
  { yes, deleteTables, confirm }: Options,
  terminal: Terminal,
): Promise<boolean> {
  if (deleteTables) {
    const name = confirmationOf(target);
    const typed = confirm ??
      (terminal.canAsk ? await terminal.ask(`Type ${name} to delete the tables`) : '');
    if (typed === name) return true;
    throw new SetupProblem(`to delete the tables, type ${name}, or pass --confirm ${name}`);
  }
  if (yes) return true;
  if (terminal.canAsk) return await terminal.confirm('Take it away?');
  throw new SetupProblem('nobody can answer here: pass --yes');
}

/** What is typed: the project's ref, `local`, or the host of a self-hosted project. */
export function confirmationOf({ kind, management, apiUrl }: Target): string {
  return kind === 'local' ? 'local' : management?.ref ?? new URL(apiUrl).host;
}
