import { readFile } from 'node:fs/promises';
import { parseEnv } from 'node:util';
import { localPaths } from '../../local/setup/paths.ts';
import { isListening } from '../../local/setup/ports.ts';
import { SetupProblem } from '../../local/setup/setup-problem.ts';
import type { StackStatus } from '../../local/stack/stack-status.ts';

/** Looks up a value of the stack; throws a SetupProblem when it is empty. */
export type LocalStack = (name: keyof StackStatus) => string;

/**
 * Reads what `npm start` wrote for the stack that runs. `alternative` ends the error message: what
 * else the user can do without a stack.
 */
export async function readLocalStack(alternative = ''): Promise<LocalStack> {
  const text = await readFile(localPaths().stackEnv, 'utf8').catch(() => '');
  const values = parseEnv(text);
  const port = Number(URL.parse(values.API_URL ?? '')?.port);
  // The file outlives a stack that was stopped.
  if (!port || !await isListening(port)) {
    throw new SetupProblem(`no local stack: run npm start${alternative}`);
  }
  return (name) => {
    const value = values[name];
    if (value) return value;
    throw new SetupProblem(`${name} is empty: run npm start again${alternative}`);
  };
}
