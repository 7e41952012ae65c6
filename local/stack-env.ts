import { readFile } from 'node:fs/promises';
import { parseEnv } from 'node:util';
import { localPaths } from './paths.ts';
import { SetupProblem } from './setup-problem.ts';
import type { StackStatus } from './stack-status.ts';

/** Looks up a value; throws a SetupProblem when it is empty. */
export type StackEnv = (name: keyof StackStatus) => string;

/**
 * What the last complete start of the local stack wrote. `alternative` is what else a user without
 * a stack can do, for the complaint.
 */
export async function readStackEnv(alternative = ''): Promise<StackEnv> {
  const text = await readFile(localPaths().stackEnv, 'utf8').catch(() => null);
  if (text === null) throw new SetupProblem(`no local stack: run npm start${alternative}`);
  const values = parseEnv(text);
  return (name) => {
    const value = values[name];
    if (value) return value;
    throw new SetupProblem(`${name} is empty: run npm start again${alternative}`);
  };
}
