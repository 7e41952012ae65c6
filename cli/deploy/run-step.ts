import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { SetupProblem } from '../../local/setup/setup-problem.ts';
import { supabaseCommand } from '../../local/setup/supabase-cli.ts';
import type { Options } from './options.ts';

/**
 * Runs one command of the Supabase CLI in this terminal, so that it can show what it does and ask;
 * throws a SetupProblem when it fails.
 */
export async function runStep(
  name: string,
  args: string[],
  { yes }: Pick<Options, 'yes'>,
): Promise<void> {
  console.log(`\n> supabase ${name}`);
  const command = supabaseCommand(...name.split(' '), ...args, ...(yes ? ['--yes'] : []));
  const [program = '', ...rest] = command;
  const [exitCode] = await once(spawn(program, rest, { stdio: 'inherit' }), 'close');
  if (exitCode !== 0) throw failedStep(name);
}

/** The problem that a step failed. Every step can be repeated, so the same command resumes. */
export function failedStep(name: string): SetupProblem {
  return new SetupProblem(
    `supabase ${name} failed, for the reason above: fix it and run the same command again; ` +
      'running it again is safe',
  );
}
