import { readFile } from 'node:fs/promises';
import { parseEnv } from 'node:util';
import { localPaths } from '../../local/setup/paths.ts';
import { SetupProblem } from '../../local/setup/setup-problem.ts';
import type { StackStatus } from '../../local/stack/stack-status.ts';

/** Looks up a value of the stack; throws a SetupProblem when it is empty. */
export type LocalStack = (name: keyof StackStatus) => string;

/**
 * Reads what the last complete `npm start` wrote. `alternative` ends the error message: what else
 * the user can do without a stack.
 */
export async function readLocalStack(alternative = ''): Promise<LocalStack> {
  const text = await readFile(localPaths().stackEnv, 'utf8').catch(() => null);
  if (text === null) throw new SetupProblem(`no local stack: run npm start${alternative}`);
  const values = parseEnv(text);
  return (name) => {
    const value = values[name];
    if (value) return value;
    throw new SetupProblem(`${name} is empty: run npm start again${alternative}`);
  };
}
