import { readFile } from 'node:fs/promises';
import { SetupProblem } from '../setup/setup-problem.ts';

/**
 * The environment of Postgres' programs: messages are in English, since startProblem() reads them.
 */
export function serverEnv(): NodeJS.ProcessEnv {
  return { PATH: process.env.PATH, LC_MESSAGES: 'C' };
}

/** The problem that a program did not start, with the last messages of its log in one line. */
export async function startProblem(what: string, logFile: string): Promise<SetupProblem> {
  const log = (await readFile(logFile, 'utf8')).trim();
  const reasons = [...log.matchAll(/(?:FATAL|HINT|error): .*/g)].map(([text]) => text);
  const reason = reasons.join(' ') || log.split('\n').at(-1) || 'no output';
  return new SetupProblem(`${what} did not start: ${reason} (see ${logFile})`);
}
