import { join } from 'node:path';
import { functionEnv } from '../../local/functions/function-env.ts';
import { startFunctionProcess } from '../../local/functions/function-process.ts';
import type { TestApi } from './api.ts';
import { clusterInfo } from './cluster.ts';

/** A function of this project in its own Deno process. */
export interface TestFunction {
  /** Straight to the function, without the gateway. */
  url: string;
  pid: number;
  stdout(): string;
  stderr(): string;
  stop(): Promise<void>;
  /** Ends it as a crash would. */
  kill(): Promise<void>;
}

/**
 * Starts `supabase/functions/<name>` with the environment of a hosted function and registers it
 * with the api's gateway. `env` adds variables; undefined takes one away.
 */
export async function startFunction(
  name: string,
  api: TestApi,
  env: Record<string, string | undefined> = {},
): Promise<TestFunction> {
  const output = { stdout: '', stderr: '' };
  const merged = { ...functionEnv(api.url, api.database.url, api.keys), ...env };
  const { url: origin, process } = await startFunctionProcess({
    name,
    env: withoutUndefined(merged),
    denoDir: join(clusterInfo().dir, 'deno'),
    onLine: (line, stream) => {
      output[stream] += `${line}\n`;
    },
  });
  api.addFunction(name, origin);
  return {
    url: `${origin}/${name}`,
    pid: process.pid,
    stdout: () => output.stdout,
    stderr: () => output.stderr,
    stop: process.stop,
    kill: process.kill,
  };
}

function withoutUndefined(env: Record<string, string | undefined>): Record<string, string> {
  const set = Object.entries(env).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value] as const]
  );
  return Object.fromEntries(set);
}
