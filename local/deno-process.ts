import { denoBinary } from './binaries.ts';
import { projectRoot } from './paths.ts';
import { LOOPBACK } from './ports.ts';
import { type LineSink, type ManagedProcess, startProcess } from './processes.ts';
import { SetupProblem } from './setup-problem.ts';

/** A module to serve, and what it gets to see. */
export interface DenoOptions {
  /** What a failure to start calls it. */
  name: string;
  /** Path of the module. */
  entry: string;
  /** Path of the import map. */
  importMap: string;
  env: Record<string, string>;
  /** Holds Deno's cache. */
  denoDir: string;
  /** Gets what the module itself says. */
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
 * It sees no more of this machine than on hosted Supabase: the network and the variables given.
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
