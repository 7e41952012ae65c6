/** `npm start`: the local stack in the foreground, until Ctrl-C. */
import { parseOptions } from '../cli/command/options.ts';
import { runMain } from '../cli/command/run-main.ts';
import { localPaths } from './setup/paths.ts';
import { reportFailure, SetupProblem } from './setup/setup-problem.ts';
import { createStack } from './stack/stack.ts';

const USAGE = 'npm start -- [--port <port>]';
const MS_PER_SECOND = 1_000;
const HIGHEST_PORT = 65_535;
const PARENT_POLL_MS = 500;

function readPort(args: string[]): number | null {
  const { port } = parseOptions({ args, options: { port: { type: 'string' } } }, USAGE).values;
  if (port === undefined) return null;
  if (/^\d+$/.test(port) && Number(port) > 0 && Number(port) <= HIGHEST_PORT) return Number(port);
  throw new SetupProblem(`--port ${port} is not a port: choose one from 1 to ${HIGHEST_PORT}`);
}

await runMain(USAGE, async (args) => {
  const startedAt = performance.now();
  const stack = createStack({
    paths: localPaths(),
    port: readPort(args),
    say: (line) => console.log(line),
    onBreakdown: (reason) => {
      console.error(`error: ${reason}`);
      leave(1);
    },
  });

  let leaving = false;
  async function leave(exitCode: number): Promise<void> {
    if (leaving) return;
    leaving = true;
    await stack.stop().catch(reportFailure);
    process.exit(exitCode);
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => leave(0));
  }

  // Killing npm ends only the shell between npm and this process, which does not forward signals.
  const { ppid } = process;
  if (process.env.npm_lifecycle_event !== undefined) {
    setInterval(() => process.ppid !== ppid && leave(0), PARENT_POLL_MS).unref();
  }

  try {
    await stack.start();
    const seconds = (performance.now() - startedAt) / MS_PER_SECOND;
    console.log(`Ready in ${seconds.toFixed(1)} s. Ctrl-C stops everything.\n`);
  } catch (failure) {
    if (!leaving) reportFailure(failure);
    await leave(1);
  }
});
