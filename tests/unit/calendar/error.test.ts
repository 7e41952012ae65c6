import { expect, test } from 'vitest';
import { calendarError } from '../../../shared/calendar/calendar-error.ts';

const error = (code: string, message = '', hint: string | null = null) => ({ code, message, hint });

test.each([
  [401, 'PGRST301', 'not_signed_in'],
  [401, '42501', 'not_signed_in'],
  [403, '42501', 'forbidden'],
  [400, '22P02', 'invalid_input'],
  [400, '23514', 'refused'],
  [404, 'PT404', 'not_found'],
  [409, 'PT409', 'busy'],
  [406, 'PGRST116', 'not_found'],
  [404, 'PGRST202', 'not_available'],
  [404, 'PGRST205', 'not_available'],
  [500, '57014', 'timeout'],
  [503, 'PGRST002', 'unreachable'],
  [0, '', 'unreachable'],
  [500, 'XX000', 'unexpected'],
])('%i with %s is %s', (status, code, expected) => {
  expect(calendarError(status, error(code)).code).toBe(expected);
});

test('the message contains nothing from the database but the hints of our own rules', () => {
  const written = error('23514', 'row of Zofia violates check constraint "a_rule"', 'Do this.');
  expect(calendarError(400, written)).toMatchObject({
    code: 'refused',
    detail: 'a_rule',
    nextStep: 'Do this.',
    message: 'A value breaks a rule. Do this.',
  });
  const unforeseen = error('XX000', 'cannot read the row of Zofia', 'Ask Zofia.');
  expect(JSON.stringify({ ...calendarError(500, unforeseen) })).not.toContain('Zofia');
});
