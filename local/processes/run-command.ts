import { spawn } from 'node:child_process';
import { projectRoot } from '../setup/paths.ts';

/** How a command ended. */
export interface CommandResult {
  ok: boolean;
  /** Null if a signal ended it. */
  exitCode: number | null;
  stdout: string;
  /** Both streams in the order of arrival, to show a failure. */
  output: string;
}

/** Runs a command to its end in the project's folder, with `input` on its standard input. */
export async function runCommand(
  command: string[],
  { env = process.env, input = '' }: { env?: NodeJS.ProcessEnv; input?: string } = {},
): Promise<CommandResult> {
  const [program = '', ...args] = command;
  const child = spawn(program, args, { cwd: projectRoot, env });
  let stdout = '';
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
    output += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => output += text);
  child.stdin.end(input);
  const exitCode = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  return { ok: exitCode === 0, exitCode, stdout, output };
}
