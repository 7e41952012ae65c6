/** How long changes are gathered: a replay of deliveries announces hundreds. */
const GATHER_MS = 300;

/** Refreshes some time after it was asked to. */
export type Refresher = { refresh(): void; end(): void };

/**
 * Runs `work` shortly after the first request, and again after the requests that came while it ran:
 * never twice at a time, since a second refresh would throw away what the first one is fetching.
 */
export function createRefresher(work: () => Promise<void>): Refresher {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isRunning = false;
  let isAskedFor = false;

  function start(): void {
    timer ??= setTimeout(run, GATHER_MS);
  }

  async function run(): Promise<void> {
    isRunning = true;
    isAskedFor = false;
    await work().catch(() => {});
    isRunning = false;
    timer = undefined;
    if (isAskedFor) start();
  }

  return {
    refresh: () => {
      if (isRunning) isAskedFor = true;
      else start();
    },
    end: () => {
      clearTimeout(timer);
      isAskedFor = false;
    },
  };
}
