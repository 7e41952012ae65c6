import { createInterface } from 'node:readline/promises';
import { type Readable, Writable } from 'node:stream';
import { SetupProblem } from '../../local/setup/setup-problem.ts';

/** Where the command asks and reports. */
export type Terminal = {
  /** Whether somebody can answer. */
  canAsk: boolean;
  /** Asks for a line; an empty answer is the fallback. */
  ask(question: string, fallback?: string): Promise<string>;
  /** Asks for a line that is not shown while it is typed. */
  askSecret(question: string): Promise<string>;
  /** Asks a question whose answer is no unless it begins with y. */
  confirm(question: string): Promise<boolean>;
  say(line: string): void;
};

/** The streams of a terminal; the process's own by default. */
export type Streams = {
  input: Readable & { isTTY?: boolean };
  output: NodeJS.WritableStream & { isTTY?: boolean };
};

/** Opens the terminal of this process. */
export function openTerminal({ input, output }: Streams = {
  input: process.stdin,
  output: process.stdout,
}): Terminal {
  async function readLine(question: string, hidden: boolean): Promise<string> {
    output.write(question);
    const echo = new Writable({
      write(chunk, _, done) {
        if (!hidden) output.write(chunk);
        done();
      },
    });
    const lines = createInterface({ input, output: echo, terminal: output.isTTY === true });
    try {
      return (await lines.question('')).trim();
    } catch (failure) {
      // Ctrl+C or Ctrl+D. Nothing is changed before the last question.
      if (failure instanceof Error && failure.name === 'AbortError') {
        throw new SetupProblem('stopped; nothing was changed');
      }
      throw failure;
    } finally {
      lines.close();
      if (hidden) output.write('\n');
    }
  }
  return {
    canAsk: input.isTTY === true && output.isTTY === true,
    ask: async (question, fallback = '') => {
      const shown = fallback === '' ? '' : ` [${fallback}]`;
      return await readLine(`${question}${shown}: `, false) || fallback;
    },
    askSecret: (question) => readLine(`${question} (not shown): `, true),
    confirm: async (question) => /^y/i.test(await readLine(`${question} [y/N] `, false)),
    say: (line) => {
      output.write(`${line}\n`);
    },
  };
}
