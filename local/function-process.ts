import { join } from 'node:path';
import { denoBinary } from './binaries.ts';
import { writeImportMap } from './import-map.ts';
import { functionsDir, projectRoot } from './paths.ts';
import { LOOPBACK } from './ports.ts';
import { type LineSink, type ManagedProcess, startProcess } from './processes.ts';
import { SetupProblem } from './setup-problem.ts';

/** One function in a Deno process of its own. */
export interface FunctionOptions {
  name: string;
  env: Record<string, string>;
  /** Holds the generated import map and Deno's cache. */
  denoDir: string;
  onLine: LineSink;
}

/** A function that accepts requests. */
export interface FunctionServer {
  readonly url: string;
  readonly process: ManagedProcess;
}

const START_TIMEOUT_MS = 20_000;
const LISTENING = /^deno serve: Listening on .*:(\d+)\/?/;
const DOWNLOAD_NOTE = /^(Download|Initialize) /;

/**
 * Runs a function's unmodified index.ts and waits until it listens.
 *
 * It sees no more of this machine than on hosted Supabase: the network and the variables given.
 */
export async function startFunctionProcess(options: FunctionOptions): Promise<FunctionServer> {
  const dir = join(functionsDir, options.name);
  const importMap = await writeImportMap(dir, join(options.denoDir, options.name));
  const listening = Promise.withResolvers<string>();
  let lastLine = 'no output';
  const process = await startProcess({
    command: [
      ...[denoBinary(), 'serve', '--host', LOOPBACK, '--port', '0', '--no-prompt', '--no-lock'],
      ...['--node-modules-dir=manual', '--import-map', importMap, '--allow-net', '--allow-env'],
      join(dir, 'index.ts'),
    ],
    env: { DENO_DIR: join(options.denoDir, 'cache'), NO_COLOR: '1', ...options.env },
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
    listening.reject(new SetupProblem(`function ${options.name}: ${how}: ${lastLine}`));
  });
  const timeout = setTimeout(() => process.kill(), START_TIMEOUT_MS);
  const url = await listening.promise.finally(() => clearTimeout(timeout));
  return { url, process };
}
