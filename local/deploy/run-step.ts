import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { SetupProblem } from '../setup-problem.ts';
import { supabaseCommand } from '../supabase-cli.ts';

/** Where to deploy to. */
export type Project = {
  /** The project's id, the first part of its address. */
  ref: string;
  /** Whether the CLI goes ahead without asking. */
  yes: boolean;
};

/**
 * Runs one command of the Supabase CLI in this terminal, so that it can show what it does and ask;
 * throws a SetupProblem when it fails.
 */
export async function runStep(name: string, args: string[], { yes }: Project): Promise<void> {
  console.log(`\n> supabase ${name}`);
  const command = supabaseCommand(...name.split(' '), ...args, ...(yes ? ['--yes'] : []));
  const [program = '', ...rest] = command;
  const [exitCode] = await once(spawn(program, rest, { stdio: 'inherit' }), 'close');
  if (exitCode !== 0) throw failedStep(name);
}

/** Every step can be repeated, so going on means starting again. */
export function failedStep(name: string): SetupProblem {
  return new SetupProblem(
    `supabase ${name} failed, for the reason above: put that right and run the same command ` +
      'again; what is done is not done twice',
  );
}
