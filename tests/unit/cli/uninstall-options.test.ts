import { expect, test } from 'vitest';
import { isAgreed } from '../../../cli/uninstall/confirmation.ts';
import { readOptions } from '../../../cli/uninstall/options.ts';
import type { Terminal } from '../../../cli/deploy/terminal.ts';
import type { Target } from '../../../cli/target/target.ts';

const none = () => Promise.reject(new Error('not asked for'));
const target: Target = {
  kind: 'local',
  name: 'the local stack',
  apiUrl: '',
  functionsUrl: '',
  database: { rows: none },
  management: null,
  secretKey: none,
  publishableKey: none,
};
/** A terminal whose user types this. */
function typing(answer: string | null): Terminal {
  return {
    canAsk: answer !== null,
    ask: () => Promise.resolve(answer ?? ''),
    askSecret: none,
    confirm: () => Promise.resolve(answer === 'y'),
    say: () => {},
  };
}
const agreed = (args: string[], answer: string | null) =>
  isAgreed(target, readOptions(args), typing(answer));

test.each([[['--confirm', 'local']], [['--nonsense']], [['somewhere']]])(
  '%j is refused with the usage',
  (args) => expect(() => readOptions(args)).toThrow(/^usage: npm run uninstall/),
);

test('without tables a yes is enough, typed or passed', async () => {
  expect(await agreed(['--yes'], null)).toBe(true);
  expect(await agreed([], 'y')).toBe(true);
  expect(await agreed([], 'n')).toBe(false);
  await expect(agreed([], null)).rejects.toThrow('pass --yes');
});

test('for the tables the name is needed, whatever else is passed', async () => {
  expect(await agreed(['--delete-tables'], 'local')).toBe(true);
  expect(await agreed(['--delete-tables', '--confirm', 'local'], null)).toBe(true);
  for (const answer of ['y', null]) {
    await expect(agreed(['--delete-tables', '--yes'], answer)).rejects.toThrow('type local');
  }
  await expect(agreed(['--delete-tables', '--yes', '--confirm', 'x'], null)).rejects
    .toThrow('type local');
});
