import type { Terminal } from '../../../cli/deploy/terminal.ts';

/** A terminal that nobody sits at, and what was written to it. */
export function recordedTerminal(): { terminal: Terminal; output(): string } {
  const lines: string[] = [];
  const nobody = () => Promise.reject(new Error('nobody can be asked'));
  return {
    terminal: {
      canAsk: false,
      ask: nobody,
      askSecret: nobody,
      confirm: nobody,
      say: (line) => void lines.push(line),
    },
    output: () => lines.map((line) => `${line}\n`).join(''),
  };
}
