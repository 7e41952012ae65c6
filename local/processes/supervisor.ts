import { setTimeout as sleep } from 'node:timers/promises';
import type { ManagedProcess } from './managed-process.ts';

/** A service that can be supervised. */
export interface Service {
  readonly url: string;
  readonly process: ManagedProcess;
}

/** How to start a service, and how to report its crashes and restarts. */
export interface SupervisorOptions {
  name: string;
  start(): Promise<Service>;
  say(line: string): void;
}

/** Keeps a service running. */
export interface Supervisor {
  /** Settles with the first start; rejects if it failed. */
  started: Promise<unknown>;
  /** The address of the service once it has started; null if that takes too long or it is down. */
  url(): Promise<string | null>;
  /** Restarts the service, after an edit. */
  restart(): void;
  stop(): Promise<void>;
}

const CRASH_LIMIT = 5;
const CRASH_WINDOW_MS = 60_000;
const RESTART_DELAY_MS = 200;
const PATIENCE_MS = 5_000;

/**
 * Starts a service and restarts it whenever it ends unexpectedly.
 *
 * After five crashes in a minute it stays down until restart() is called. A service that ends
 * before it was ready is not restarted either, since it would only fail again.
 */
export function supervise({ name, start, say }: SupervisorOptions): Supervisor {
  let stopped = false;
  let crashes: number[] = [];
  let leaving: Service | null = null;
  let current: Promise<Service | null> = Promise.resolve(null);

  async function launch(): Promise<Service | null> {
    if (stopped) return null;
    const service = await start();
    service.process.exited.then((how) => {
      if (!stopped && service !== leaving) onCrash(how);
    });
    return service;
  }

  function onCrash(how: string): void {
    const now = Date.now();
    crashes = [...crashes.filter((time) => now - time < CRASH_WINDOW_MS), now];
    if (crashes.length > CRASH_LIMIT) {
      say(`${name} ended ${crashes.length} times in a minute and stays down (${how})`);
      current = Promise.resolve(null);
      return;
    }
    say(`${name} ended unexpectedly (${how}), starting it again`);
    current = sleep(RESTART_DELAY_MS).then(launch).catch(reportFailedStart);
  }

  function reportFailedStart(failure: unknown): null {
    say(`${name} did not start: ${failure instanceof Error ? failure.message : failure}`);
    return null;
  }

  async function replace(previous: Promise<Service | null>): Promise<Service | null> {
    leaving = await previous;
    await leaving?.process.stop();
    return await launch();
  }

  const started = launch();
  current = started.catch(() => null);
  return {
    started,
    url: async () => {
      const service = await Promise.race([current, sleep(PATIENCE_MS, null, { ref: false })]);
      return service?.url ?? null;
    },
    restart: () => {
      crashes = [];
      current = replace(current).catch(reportFailedStart);
    },
    stop: async () => {
      stopped = true;
      await (await current)?.process.stop();
    },
  };
}
