import { runCommand } from '../../local/processes/run-command.ts';
import { SetupProblem } from '../../local/setup/setup-problem.ts';
import { supabaseLauncher } from '../../local/setup/binaries.ts';
import type { Deployment } from './deployment.ts';

/**
 * Runs a command of the Supabase CLI on the target, on the project in `workdir`. Its output is shown
 * only if it fails.
 */
export async function runSupabase(
  { target, options, terminal }: Pick<Deployment, 'target' | 'options' | 'terminal'>,
  workdir: string,
  ...args: string[]
): Promise<void> {
  const { remote, env } = target.management === null
    ? addressOf(options.target.dbUrl ?? '')
    : { remote: target.management.ref, env: {} };
  const command = [process.execPath, supabaseLauncher(), '--workdir', workdir, ...args];
  const { ok, output } = await runCommand([...command, `--remote=${remote}`, '--yes'], {
    env: { ...process.env, SUPABASE_NO_UPDATE_NOTIFIER: '1', ...env },
  });
  if (ok) return;
  terminal.say(output.trimEnd());
  const name = args.slice(0, 2).join(' ');
  throw new SetupProblem(
    `supabase ${name} failed, for the reason above: fix it and run the same command again; it ` +
      'resumes here',
  );
}

/** The password goes into the environment: other users of the machine can read a command line. */
function addressOf(dbUrl: string): { remote: string; env: NodeJS.ProcessEnv } {
  const url = new URL(dbUrl);
  const password = decodeURIComponent(url.password);
  url.password = '';
  return { remote: url.href, env: password === '' ? {} : { PGPASSWORD: password } };
}
