import { freePort } from '../../../local/setup/ports.ts';
import {
  createWorkingCopy,
  type RunningProgram,
  type WorkingCopy,
} from '../../support/working-copy.ts';

export const START_PATIENCE_MS = 45_000;
const READY = /Ready in [\d.]+ s/;

/** `npm start` in a working copy, one run after the other. */
export interface LocalStack {
  copy: WorkingCopy;
  port: string;
  /** The last run. */
  readonly program: RunningProgram;
  /** Runs it; does not wait until it is ready. */
  run(): void;
  /** Resolves when the last run is ready. */
  ready(): Promise<void>;
  /** Runs it and waits until it is ready. */
  start(): Promise<void>;
  /** Ends the last run and deletes the copy. */
  remove(): Promise<void>;
}

/** Creates the copy, and runs nothing yet. */
export async function createLocalStack(): Promise<LocalStack> {
  const copy = await createWorkingCopy();
  const port = String(await freePort());
  let program: RunningProgram | null = null;

  function lastRun(): RunningProgram {
    if (program === null) throw new Error('not started');
    return program;
  }
  const run = () => {
    program = copy.run('start', '--port', port);
  };
  const ready = () => lastRun().printed(READY, START_PATIENCE_MS);
  return {
    copy,
    port,
    get program() {
      return lastRun();
    },
    run,
    ready,
    start: async () => {
      run();
      await ready();
    },
    remove: async () => {
      program?.signal('SIGTERM');
      await program?.exitCode;
      await copy.remove();
    },
  };
}
