import { join } from 'node:path';
import { denoBinary } from '../../local/binaries.ts';
import { writeImportMap } from '../../local/import-map.ts';
import { functionsDir, projectRoot } from '../../local/paths.ts';
import { LOOPBACK } from '../../local/ports.ts';
import { startProcess } from '../../local/processes.ts';
import type { BenchServer } from './server.ts';

/** A module in a Deno process of its own. */
export type DenoServer = { url: string; stop(): Promise<void> };

const LISTENING = /^deno serve: Listening on .*:(\d+)\/?/;

/**
 * Serves a module with the flags and the import map that the local stack gives `calcom-webhook`,
 * and resolves when it listens.
 *
 * @param entry Path of the module, from the project's root.
 */
export async function startDenoServer(
  entry: string,
  env: Record<string, string>,
  server: BenchServer,
): Promise<DenoServer> {
  const functionDir = join(functionsDir, 'calcom-webhook');
  const importMap = await writeImportMap(functionDir, join(server.dir, 'calcom-webhook'));
  const listening = Promise.withResolvers<string>();
  let lastLine = 'no output';
  const process = await startProcess({
    command: [
      ...[denoBinary(), 'serve', '--host', LOOPBACK, '--port', '0', '--no-prompt', '--no-lock'],
      ...['--node-modules-dir=manual', '--import-map', importMap, '--allow-net', '--allow-env'],
      join(projectRoot, entry),
    ],
    env: { DENO_DIR: join(server.dir, 'deno'), NO_COLOR: '1', ...env },
    cwd: projectRoot,
    output: {
      line: (line) => {
        const port = LISTENING.exec(line)?.[1];
        if (port) listening.resolve(`http://${LOOPBACK}:${port}`);
        lastLine = line;
      },
    },
  });
  server.stopFirst(process.stop);
  process.exited.then((how) => listening.reject(new Error(`${entry}: ${how}: ${lastLine}`)));
  return { url: await listening.promise, stop: process.stop };
}
