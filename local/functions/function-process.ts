import { join } from 'node:path';
import type { LineSink } from '../processes/managed-process.ts';
import { functionsDir } from '../setup/paths.ts';
import { type DenoServer, startDenoProcess } from './deno-process.ts';
import { writeImportMap } from './import-map.ts';

/** One function in a Deno process of its own. */
export interface FunctionOptions {
  name: string;
  env: Record<string, string>;
  /** Holds the generated import map and Deno's cache. */
  denoDir: string;
  onLine: LineSink;
}

/** Runs a function's unmodified index.ts and waits until it listens. */
export async function startFunctionProcess(
  { name, env, denoDir, onLine }: FunctionOptions,
): Promise<DenoServer> {
  const dir = join(functionsDir, name);
  return await startDenoProcess({
    name: `function ${name}`,
    entry: join(dir, 'index.ts'),
    importMap: await writeImportMap(dir, join(denoDir, name)),
    env,
    denoDir: join(denoDir, 'cache'),
    onLine,
  });
}
