import { reportFailure } from '../../local/setup/setup-problem.ts';

/**
 * Runs a command on the arguments of this process.
 *
 * `--help` or `-h` prints the usage and does nothing else. A failure sets the exit code: a problem that
 * the user can solve is reported in one line, a bug with its stack.
 */
export async function runMain(
  usage: string,
  main: (args: string[]) => Promise<void>,
  failureExitCode = 1,
): Promise<void> {
  const args = process.argv.slice(2);
  if (args.some((arg) => arg === '--help' || arg === '-h')) {
    console.log(`usage: ${usage}`);
    return;
  }
  try {
    await main(args);
  } catch (failure) {
    reportFailure(failure);
    process.exitCode = failureExitCode;
  }
}
