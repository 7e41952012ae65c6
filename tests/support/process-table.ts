import { execFile } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';

/** A running process. */
export interface ProcessEntry {
  pid: number;
  parent: number;
  command: string;
}

const POLL_MS = 50;

/** Every process of the machine but those that only wait to be reaped. */
export async function processTable(): Promise<ProcessEntry[]> {
  const { stdout } = await promisify(execFile)('ps', ['-Ao', 'pid=,ppid=,stat=,args=']);
  return stdout.trim().split('\n').flatMap((line) => {
    const [pid, parent, state, ...command] = line.trim().split(/\s+/);
    if (state?.startsWith('Z')) return [];
    return [{ pid: Number(pid), parent: Number(parent), command: command.join(' ') }];
  });
}

/** The processes that one started itself. */
export async function childrenOf(pid: number): Promise<ProcessEntry[]> {
  return (await processTable()).filter(({ parent }) => parent === pid);
}

/** Waits until none of the processes is left; returns those that outlive the deadline. */
export async function survivors(
  processes: ProcessEntry[],
  deadlineMs: number,
): Promise<ProcessEntry[]> {
  const watched = new Set(processes.map(({ pid }) => pid));
  const deadline = Date.now() + deadlineMs;
  for (;;) {
    const left = (await processTable()).filter(({ pid }) => watched.has(pid));
    if (left.length === 0 || Date.now() > deadline) return left;
    await sleep(POLL_MS);
  }
}
