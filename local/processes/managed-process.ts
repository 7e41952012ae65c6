import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { guard, unguard } from './process-guard.ts';

/** Receives one line of a process' output. */
export type LineSink = (line: string, stream: 'stdout' | 'stderr') => void;

/** A command and how to stop it. */
export interface ProcessSpec {
  /** The program and its arguments. */
  command: string[];
  env: NodeJS.ProcessEnv;
  cwd?: string;
  /** The signal for an orderly end. */
  stopSignal?: NodeJS.Signals;
  /** A file that is overwritten with the output, or a function that receives each line. */
  output: { file: string } | { line: LineSink };
}

/** A child process in a group of its own, so that Ctrl-C reaches it only through {@link stop}. */
export interface ManagedProcess {
  readonly pid: number;
  /** Resolves with how it ended, such as `exit code 1`; never rejects. */
  readonly exited: Promise<string>;
  /** Stops it in order, or kills it after a timeout. Resolves when it has ended. */
  stop(): Promise<void>;
  /** Kills it immediately, like a crash. */
  kill(): Promise<void>;
}

const STOP_TIMEOUT_MS = 8_000;

/** Starts a process; rejects if the operating system cannot run the command. */
export async function startProcess(spec: ProcessSpec): Promise<ManagedProcess> {
  const child = spawnChild(spec);
  const pid = await new Promise<number>((resolve, reject) => {
    child.once('error', reject);
    child.once('spawn', () => resolve(child.pid ?? 0));
  });
  const stopSignal = spec.stopSignal ?? 'SIGTERM';
  guard(pid, stopSignal);
  let running = true;
  const exited = new Promise<string>((resolve) => {
    child.once('close', (code, signal) => resolve(signal ?? `exit code ${code}`));
  });
  child.once('exit', () => {
    running = false;
    unguard(pid);
  });

  async function end(signal: NodeJS.Signals): Promise<void> {
    if (running) child.kill(signal);
    const insist = setTimeout(() => running && child.kill('SIGKILL'), STOP_TIMEOUT_MS);
    await exited;
    clearTimeout(insist);
  }

  return { pid, exited, stop: () => end(stopSignal), kill: () => end('SIGKILL') };
}

function spawnChild(spec: ProcessSpec): ChildProcess {
  const [program = '', ...args] = spec.command;
  const options = {
    detached: true,
    env: spec.env,
    ...(spec.cwd ? { cwd: spec.cwd } : {}),
  };
  if ('file' in spec.output) {
    const log = openSync(spec.output.file, 'w');
    const child = spawn(program, args, { ...options, stdio: ['ignore', log, log] });
    closeSync(log);
    return child;
  }
  const child = spawn(program, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
  readLines(child.stdout, 'stdout', spec.output.line);
  readLines(child.stderr, 'stderr', spec.output.line);
  return child;
}

function readLines(source: Readable, stream: 'stdout' | 'stderr', sink: LineSink): void {
  createInterface({ input: source }).on('line', (line) => sink(line, stream));
}
