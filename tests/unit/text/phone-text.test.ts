import { expect, test } from 'vitest';
import { phoneText } from '../../../shared/text/phone-text.ts';

test.each([
  ['+48501220314', '501 220 314'],
  ['501-220-314', '501 220 314'],
  ['0048 501220314', '501 220 314'],
  ['48501220314', '501 220 314'],
  ['(12) 345 67 89', '123 456 789'],
  ['+49 170 1234567', '+49 170 1234567'],
  ['501 220 314 (mama)', '501 220 314 (mama)'],
  ['112', '112'],
])('the number %j is written %j', (typed, written) => {
  expect(phoneText(typed)).toBe(written);
});
