import { SetupProblem } from '../../local/setup/setup-problem.ts';
import { post } from './post.ts';
import type { Project } from './project.ts';

const MAX_ANSWER_CHARACTERS = 500;

/** A function, its request, and what to do when it does not answer. */
export type FunctionCall = {
  name: string;
  body: object;
  /** The end of the error message when there is no answer. */
  advice: string;
  timeoutMs?: number;
};

/** Starts a scheduled function with a secret key; throws a SetupProblem without an answer in time. */
export async function callFunction(
  { functionsUrl, key }: Pick<Project, 'functionsUrl' | 'key'>,
  { name, body, advice, timeoutMs }: FunctionCall,
): Promise<Response> {
  const headers = { 'apikey': key, 'content-type': 'application/json' };
  const init = { headers, body: JSON.stringify(body) };
  return await post(`${functionsUrl}/${name}`, init, advice, timeoutMs);
}

/** The problem that a function gave an answer which the command cannot handle. */
export function unexpectedAnswer(name: string, status: number, text: string): SetupProblem {
  return new SetupProblem(`${name} answered ${status} ${text.slice(0, MAX_ANSWER_CHARACTERS)}`);
}
