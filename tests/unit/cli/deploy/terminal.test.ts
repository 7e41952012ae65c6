import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { openTerminal, type Terminal } from '../../../../cli/deploy/terminal.ts';
import { SetupProblem } from '../../../../local/setup/setup-problem.ts';

/** Asks while somebody types, and returns the answer and everything that is shown. */
async function asked<Answer>(typed: string, ask: (terminal: Terminal) => Promise<Answer>) {
  const input = Object.assign(new PassThrough(), { isTTY: true });
  const output = Object.assign(new PassThrough(), { isTTY: true });
  const terminal = openTerminal({ input, output });
  const answer = ask(terminal);
  input.write(`${typed}\n`);
  await answer;
  output.end();
  return { answer: await answer, shown: await text(output) };
}

test('a question shows its default, which an empty answer chooses', async () => {
  const { answer, shown } = await asked(
    '',
    (terminal) => terminal.ask('Time zone', 'Europe/Warsaw'),
  );
  expect(answer).toBe('Europe/Warsaw');
  expect(shown).toContain('Time zone [Europe/Warsaw]: ');
});

test('an answer is trimmed', async () => {
  expect(await asked(' Psi Styl ', (terminal) => terminal.ask('Name')))
    .toMatchObject({ answer: 'Psi Styl' });
});

test('a secret is not shown while it is typed', async () => {
  const { answer, shown } = await asked('top-secret', (terminal) => terminal.askSecret('Token'));
  expect(answer).toBe('top-secret');
  expect(shown).not.toContain('top-secret');
});

test.each([['y', true], ['Yes', true], ['', false], ['n', false], ['ok', false]])(
  'the answer %j to a plan means %s',
  async (typed, confirmed) => {
    expect(await asked(typed, (terminal) => terminal.confirm('Deploy?')))
      .toMatchObject({ answer: confirmed });
  },
);

test('without a terminal nobody can be asked', () => {
  expect(openTerminal({ input: new PassThrough(), output: new PassThrough() }).canAsk).toBe(false);
});

test.each([['Ctrl+C', '\x03'], ['Ctrl+D', '\x04']])(
  '%s ends the command in one line',
  async (_, key) => {
    const input = Object.assign(new PassThrough(), { isTTY: true });
    const output = Object.assign(new PassThrough(), { isTTY: true });
    const answer = openTerminal({ input, output }).ask('Name');
    input.write(key);
    await expect(answer).rejects.toThrow(new SetupProblem('stopped; nothing was changed'));
  },
);
