import type { Terminal } from './terminal.ts';

/** What to ask for, and what to call it if nobody can be asked. */
export type Question = { question: string; missing: string; secret?: boolean };

/** Asks only for what is not given, and only somebody who can answer. */
export type Questions = {
  /** What is required and was neither given nor answered. */
  missing: readonly string[];
  /** The given value, or else the answer. Empty, and listed as missing, if there is none. */
  require(given: string | null | undefined, question: Question): Promise<string>;
  /** The given value, or else the answer, or else the fallback. */
  offer(given: string | undefined, question: string, fallback: string): Promise<string>;
  /** The same for a secret, which has no fallback. */
  offerSecret(given: string | null, question: string): Promise<string>;
};

/** Asks at this terminal; nothing with `--yes`. */
export function createQuestions(terminal: Terminal, yes: boolean): Questions {
  const mayAsk = terminal.canAsk && !yes;
  const missing: string[] = [];
  return {
    missing,
    require: async (given, { question, missing: name, secret = false }) => {
      const ask = secret ? terminal.askSecret : terminal.ask;
      const answer = given || (mayAsk ? await ask(question) : '');
      if (answer === '') missing.push(name);
      return answer;
    },
    offer: async (given, question, fallback) =>
      given ?? (mayAsk ? await terminal.ask(question, fallback) : fallback),
    offerSecret: async (given, question) =>
      given ?? (mayAsk ? await terminal.askSecret(question) : ''),
  };
}
