import { join } from 'node:path';
import { writeImportMap } from '../../../local/functions/import-map.ts';
import { startProcess } from '../../../local/processes/managed-process.ts';
import { denoBinary } from '../../../local/setup/binaries.ts';
import { LOOPBACK } from '../../../local/setup/ports.ts';

const LISTENING = /^deno serve: Listening on .*:(\d+)\/?/;

/** A function that runs from a folder of its own, outside this checkout. */
export type ServedFunction = { url: string; stop(): Promise<void> };

/** Where a function is: `<root>/<functionPath>/index.ts`, with packages in `<root>/node_modules`. */
export type UploadedFunction = { root: string; functionPath: string; name: string };

/** Serves the function; fails with Deno's output if it does not start. */
export async function serveUploaded(
  { root, functionPath, name }: UploadedFunction,
  env: Record<string, string>,
): Promise<ServedFunction> {
  const functionDir = join(root, functionPath);
  const importMap = await writeImportMap(functionDir, join(root, 'import-map'));
  const listening = Promise.withResolvers<string>();
  let output = '';
  const process = await startProcess({
    command: [
      ...[denoBinary(), 'serve', '--host', LOOPBACK, '--port', '0', '--no-prompt', '--no-lock'],
      ...['--node-modules-dir=manual', '--import-map', importMap, '--allow-net', '--allow-env'],
      join(functionDir, 'index.ts'),
    ],
    env: { DENO_DIR: join(root, 'deno'), NO_COLOR: '1', ...env },
    cwd: root,
    output: {
      line: (line) => {
        output += `${line}\n`;
        const port = LISTENING.exec(line)?.[1];
        if (port) listening.resolve(`http://${LOOPBACK}:${port}/${name}`);
      },
    },
  });
  process.exited.then(() => listening.reject(new Error(output)));
  return { url: await listening.promise, stop: process.stop };
}
