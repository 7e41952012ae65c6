import { join } from 'node:path';
import { startDenoProcess } from '../../../local/functions/deno-process.ts';
import { writeImportMap } from '../../../local/functions/import-map.ts';
import { functionsDir, projectRoot } from '../../../local/setup/paths.ts';
import type { BenchServer } from '../database/server.ts';

/** A module in a Deno process of its own. */
export type DenoServer = { url: string; stop(): Promise<void> };

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
  const { url, process } = await startDenoProcess({
    name: entry,
    entry: join(projectRoot, entry),
    importMap: await writeImportMap(functionDir, join(server.dir, 'calcom-webhook')),
    env,
    denoDir: join(server.dir, 'deno'),
    onLine: () => {},
  });
  server.stopFirst(process.stop);
  return { url, stop: process.stop };
}
