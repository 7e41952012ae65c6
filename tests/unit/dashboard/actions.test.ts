import { QueryClient } from '@tanstack/preact-query';
import { describe, expect, test } from 'vitest';
import { choicesOf } from '../../../dashboard/src/appointments/assign/choices.ts';
import { menuOf } from '../../../dashboard/src/appointments/menu.ts';
import { openAnswer } from '../../../dashboard/src/appointments/open-answer.ts';
import { shownMove } from '../../../dashboard/src/appointments/shown-move.ts';
import { contactProblem } from '../../../dashboard/src/clients/contact-problem.ts';
import { showChange } from '../../../dashboard/src/data/show-change.ts';
import type { CalendarEventWithDetails } from '../../../shared/calendar/appointment.ts';

const ZOFIA = {
  id: 'c',
  name: 'Zofia',
  surname: 'Kaczmarek',
  phone_number: '501 220 314',
  email: null,
};
const FIONA = {
  id: 'p',
  name: 'Fiona',
  breed: null,
  type: 'dog',
  allergies: 'owies',
  health_issues: null,
};

function appointment(part: Partial<CalendarEventWithDetails>): CalendarEventWithDetails {
  return {
    id: 'a',
    attendance: null,
    erased_at: null,
    client: null,
    effective_status: 'scheduled',
    start_time: '2026-11-24T09:00:00Z',
    end_time: '2026-11-24T10:15:00Z',
    timezone: 'Europe/Warsaw',
    client_response: null,
    ...part,
  } as CalendarEventWithDetails;
}

describe('what can be done about an appointment', () => {
  const BEFORE = new Date('2026-11-24T08:59:00Z');
  const AFTER = new Date('2026-11-24T09:01:00Z');
  const ofTime = (part: Partial<CalendarEventWithDetails>, now: Date) =>
    menuOf(appointment(part), now).filter((item) => item !== 'assign' && item !== 'note');

  test('before its start it is moved or cancelled, afterwards it is said who came', () => {
    expect(ofTime({}, BEFORE)).toEqual(['coming', 'move', 'cancel']);
    expect(ofTime({}, AFTER)).toEqual(['completed', 'no_show']);
  });

  test('a pending booking is confirmed or declined', () => {
    expect(ofTime({ effective_status: 'pending' }, BEFORE)).toEqual(['confirm', 'decline']);
  });

  test('what staff said can be changed and taken back', () => {
    expect(ofTime({ attendance: 'no_show', effective_status: 'no_show' }, AFTER))
      .toEqual(['completed', 'take_back']);
    expect(ofTime({ attendance: 'completed', effective_status: 'completed' }, AFTER))
      .toEqual(['no_show', 'take_back']);
  });

  test.each(
    [
      ['coming', 'take_back_answer'],
      ['wants_to_cancel', 'coming_after_all'],
      ['wants_to_move', 'coming_after_all'],
    ] as const,
  )('before its start the answer %s can be followed by %s', (client_response, item) => {
    expect(ofTime({ client_response }, BEFORE)).toEqual([item, 'move', 'cancel']);
    expect(ofTime({ client_response }, AFTER)).toEqual(['completed', 'no_show']);
  });

  test('nothing changes the time or the outcome of a cancelled one', () => {
    expect(ofTime({ effective_status: 'cancelled' }, BEFORE)).toEqual([]);
  });

  test('nobody is assigned to the appointment of somebody who was erased', () => {
    expect(menuOf(appointment({ erased_at: '2026-11-01T00:00:00Z' }), BEFORE))
      .toEqual(['coming', 'move', 'cancel']);
  });

  test('a contact is corrected where there is a client', () => {
    expect(menuOf(appointment({ client: ZOFIA }), BEFORE)).toContain('client');
    expect(menuOf(appointment({}), BEFORE)).not.toContain('client');
  });
});

test('a moved appointment shows its new time in the salon’s zone, and no answer to the old one', () => {
  const booked = appointment({ client_response: 'coming', attendance: 'no_show' });
  expect(shownMove(booked, new Date('2026-11-24T22:30:00Z'))).toEqual({
    start_time: '2026-11-24T22:30:00.000Z',
    end_time: '2026-11-24T23:45:00.000Z',
    local_date: '2026-11-24',
    local_start: '23:30',
    local_end: '00:45',
    attendance: null,
    client_response: null,
    client_responded_at: null,
  });
});

test('a client’s answer matters until the appointment took place or was cancelled', () => {
  const answered = { client_response: 'wants_to_cancel' } as const;
  expect(openAnswer(appointment(answered))).toBe('wants_to_cancel');
  expect(openAnswer(appointment({ ...answered, effective_status: 'cancelled' }))).toBe(null);
  expect(openAnswer(appointment({ ...answered, effective_status: 'completed' }))).toBe(null);
});

test('a search offers each pet with each owner, then each client without a pet', () => {
  const owner = { ...ZOFIA, id: 'other' };
  const choices = choicesOf(
    [{ ...FIONA, salon_id: 's', clients: [ZOFIA, owner] }, {
      ...FIONA,
      id: 'stray',
      salon_id: 's',
      clients: [],
    }],
    [{ ...ZOFIA, salon_id: 's', pets: [] }],
  );
  expect(choices.map(({ client, pet }) => [client?.id, pet?.id])).toEqual([
    ['c', 'p'],
    ['other', 'p'],
    [undefined, 'stray'],
    ['c', undefined],
  ]);
});

test.each([
  ['501 220 314', '', null],
  ['+48 (12) 345-67-89', 'anna@poczta.pl', null],
  ['', '', 'phone'],
  ['12 34', '', 'phone'],
  ['501 220 314 Zofia', '', 'phone'],
  ['1234567890123456', '', 'phone'],
  ['501 220 314', 'anna', 'email'],
  ['501 220 314', 'anna@poczta', 'email'],
])('the phone number "%s" with the address "%s": %s', (phone, email, problem) => {
  expect(contactProblem(phone, email)).toBe(problem);
});

describe('a change that is shown before it is made', () => {
  function loaded() {
    const queries = new QueryClient();
    const day = [appointment({ client: ZOFIA }), appointment({ id: 'b', client: null })];
    queries.setQueryData(['today'], day, { updatedAt: 1 });
    queries.setQueryData(['client', 'c'], ZOFIA, { updatedAt: 1 });
    queries.setQueryData(['pets'], [FIONA], { updatedAt: 1 });
    return queries;
  }

  test('is in every list and every row that has the row inside', () => {
    const queries = loaded();
    showChange(queries, 'c', { phone_number: '602 333 444' });

    expect(queries.getQueryData(['client', 'c'])).toEqual({
      ...ZOFIA,
      phone_number: '602 333 444',
    });
    expect(queries.getQueryData(['today'])).toMatchObject([
      { client: { phone_number: '602 333 444' } },
      { client: null },
    ]);
  });

  test('leaves other data as they are, and does not count as a refresh', () => {
    const queries = loaded();
    const pets = queries.getQueryData(['pets']);
    showChange(queries, 'c', { phone_number: '602 333 444' });

    expect(queries.getQueryData(['pets'])).toBe(pets);
    expect(queries.getQueryState(['today'])?.dataUpdatedAt).toBe(1);
  });

  test('is taken back as a whole', () => {
    const queries = loaded();
    const day = queries.getQueryData(['today']);
    showChange(queries, 'c', { phone_number: '602 333 444' })();

    expect(queries.getQueryData(['today'])).toEqual(day);
    expect(queries.getQueryData(['client', 'c'])).toEqual(ZOFIA);
  });
});
