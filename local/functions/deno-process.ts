import { type LineSink, type ManagedProcess, startProcess } from '../processes/managed-process.ts';
import { denoBinary } from '../setup/binaries.ts';
import { projectRoot } from '../setup/paths.ts';
import { LOOPBACK } from '../setup/ports.ts';
import { SetupProblem } from '../setup/setup-problem.ts';

/** A module to serve, and its environment. */
export interface DenoOptions {
  /** The name in the error message if it does not start. */
  name: string;
  /** Path of the module. */
  entry: string;
  /** Path of the import map. */
  importMap: string;
  env: Record<string, string>;
  /** Holds Deno's cache. */
  denoDir: string;
  /** Receives the output of the module. */
  onLine: LineSink;
}

/** A module that accepts requests. */
export interface DenoServer {
  readonly url: string;
  readonly process: ManagedProcess;
}

const START_TIMEOUT_MS = 20_000;
const LISTENING = /^deno serve: Listening on .*:(\d+)\/?/;
const DOWNLOAD_NOTE = /^(Download|Initialize) /;

/**
 * Serves a module in a Deno process of its own and waits until it listens.
 *
 * It has the permissions of hosted Supabase: the network and the given variables.
 */
export async function startDenoProcess(options: DenoOptions): Promise<DenoServer> {
  const listening = Promise.withResolvers<string>();
  let lastLine = 'no output';
  const process = await startProcess({
    command: [
      ...[denoBinary(), 'serve', '--host', LOOPBACK, '--port', '0', '--no-prompt', '--no-lock'],
      ...['--node-modules-dir=manual', '--import-map', options.importMap],
      ...['--allow-net', '--allow-env', options.entry],
    ],
    env: { DENO_DIR: options.denoDir, NO_COLOR: '1', ...options.env },
    cwd: projectRoot,
    output: {
      line: (line, stream) => {
        const port = LISTENING.exec(line)?.[1];
        if (port) return listening.resolve(`http://${LOOPBACK}:${port}`);
        if (DOWNLOAD_NOTE.test(line)) return;
        lastLine = line.trim() || lastLine;
        options.onLine(line, stream);
      },
    },
  });
  process.exited.then((how) => {
    listening.reject(new SetupProblem(`${options.name}: ${how}: ${lastLine}`));
  });
  const timeout = setTimeout(() => process.kill(), START_TIMEOUT_MS);
  const url = await listening.promise.finally(() => clearTimeout(timeout));
  return { url, process };
}
