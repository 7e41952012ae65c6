import { expect, test } from 'vitest';
import { readOptions } from '../../../../cli/deploy/options.ts';

const PROJECT = ['--project-ref', 'abcdefghijklmnopqrst'];

test.each([
  [['--sms-provider', 'smsapi', '--without-sms'], '--sms-provider and --without-sms exclude'],
  [['--salon-name', 'Psi Styl', '--without-salon'], '--salon-name and --without-salon exclude'],
  [
    ['--owner-email', 'a@b.example', '--without-salon'],
    '--owner-email and --without-salon exclude',
  ],
  [['--timezone', 'Poland/Warsaw'], '--timezone Poland/Warsaw is no time zone'],
  [['--site-url', 'panel.salon.example'], '--site-url panel.salon.example is not an address'],
  [['--import-from', 'monday'], '--import-from'],
])('refuses %j before anything is asked', (args, problem) => {
  expect(() => readOptions([...PROJECT, ...args])).toThrow(problem);
});

test('needs to know where to deploy', () => {
  expect(() => readOptions(['--yes'])).toThrow('usage: npm run deploy');
});

test('needs the folder of the functions of a self-hosted project', () => {
  expect(() => readOptions(['--db-url', 'postgres://localhost'])).toThrow('--functions-dir');
});
