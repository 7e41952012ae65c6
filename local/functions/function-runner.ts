import { watch } from 'node:fs';
import { join, sep } from 'node:path';
import type { FunctionRoute } from '../gateway/server.ts';
import { supervise, type Supervisor } from '../processes/supervisor.ts';
import { functionsDir, projectRoot } from '../setup/paths.ts';
import { listFunctions } from './catalog.ts';
import { startFunctionProcess } from './function-process.ts';

/** How to run the functions. */
export interface FunctionRunnerOptions {
  denoDir: string;
  /** Called at each start, so that an edited .env takes effect. */
  env(): Promise<Record<string, string>>;
  /** Called when an edit, of the .env too, is about to restart functions. */
  beforeRestart(): Promise<void>;
  say(line: string): void;
}

/** The functions of the project, each under supervision. */
export interface FunctionRunner {
  routes: ReadonlyMap<string, FunctionRoute>;
  stop(): Promise<void>;
}

/** Editors write a file in several steps, which should cause only one restart. */
const SETTLE_MS = 150;

/** Runs every function and restarts it when its source, or shared code, is edited. */
export async function runFunctions(options: FunctionRunnerOptions): Promise<FunctionRunner> {
  const supervisors = new Map<string, Supervisor>();
  const routes = new Map<string, FunctionRoute>();
  for (const { name, verifyJwt } of await listFunctions()) {
    const onLine = (line: string) => options.say(`${name} | ${line}`);
    const supervisor = supervise({
      name,
      start: async () => {
        const env = await options.env();
        return await startFunctionProcess({ name, env, denoDir: options.denoDir, onLine });
      },
      say: options.say,
    });
    supervisors.set(name, supervisor);
    routes.set(name, { upstream: supervisor.url, verifyJwt });
  }

  const stopWatching = watchSources(async (name) => {
    const affected = supervisors.get(name ?? '');
    await options.beforeRestart().catch((failure) => options.say(String(failure)));
    for (const supervisor of affected ? [affected] : supervisors.values()) supervisor.restart();
  });

  // A function that does not start leaves the others usable and is restarted when edited.
  await Promise.all(
    [...supervisors.values()].map(({ started }) =>
      started.catch((failure) => options.say(`${failure.message}; save a fix to try again`))
    ),
  );
  return {
    routes,
    stop: async () => {
      stopWatching();
      await Promise.all([...supervisors.values()].map((supervisor) => supervisor.stop()));
    },
  };
}

/** Calls back with the name of an edited function, or null if the edit may affect all of them. */
function watchSources(onEdit: (functionName: string | null) => void): () => void {
  const pending = new Set<string | null>();
  let timer: NodeJS.Timeout | undefined;

  function noteEdit(name: string | null): void {
    pending.add(name);
    clearTimeout(timer);
    timer = setTimeout(() => {
      for (const edited of pending.has(null) ? [null] : pending) onEdit(edited);
      pending.clear();
    }, SETTLE_MS);
  }

  const watchers = [
    watch(functionsDir, { recursive: true }, (_, file) => noteEdit(file?.split(sep)[0] ?? null)),
    watch(join(projectRoot, 'shared'), { recursive: true }, () => noteEdit(null)),
  ];
  return () => {
    clearTimeout(timer);
    for (const watcher of watchers) watcher.close();
  };
}
