import { describe, expect, test } from 'vitest';
import { bookingIn, created, flat, wrapped } from '../support/deliveries.ts';

const ATTENDEE = { email: 'zofia@poczta.example', name: 'Zofia' };

function answered(question: string, value: unknown) {
  return { [question]: { label: question, value, isHidden: false } };
}

describe('the name of the booker', () => {
  test('is that of the first attendee, without spaces around it', () => {
    expect(created({ attendees: [{ ...ATTENDEE, name: ' Zofia Kaczmarek ' }] }).attendeeName)
      .toBe('Zofia Kaczmarek');
  });

  test('is the one in the form if no attendee has one', () => {
    const responses = answered('name', 'Zofia Kaczmarek');
    expect(created({ attendees: [], responses }).attendeeName).toBe('Zofia Kaczmarek');
    expect(created({ attendees: [{ email: 'zofia@poczta.example' }], responses }).attendeeName)
      .toBe('Zofia Kaczmarek');
  });

  test('is not that of the first booker of a slot', () => {
    const responses = { ...answered('name', 'Jan Nowak'), ...answered('email', 'jan@x.example') };
    expect(created({ attendees: [{ ...ATTENDEE, name: '' }], responses }).attendeeName).toBeNull();
  });

  test.each([null, 7, '', { firstName: 'Zofia' }])('is unknown when it is %j', (name) => {
    expect(created({ attendees: [{ email: 'zofia@poczta.example', name }] }).attendeeName)
      .toBeNull();
  });

  test('is cut to 200 characters', () => {
    expect(created({ attendees: [{ name: 'Ż'.repeat(201) }] }).attendeeName)
      .toBe('Ż'.repeat(200));
  });

  test('is unknown in a no-show event, which may mark a guest', () => {
    const text = wrapped('BOOKING_NO_SHOW_UPDATED', {
      bookingUid: 'abc123',
      attendees: [ATTENDEE],
    });
    expect(bookingIn(text).attendeeName).toBeNull();
  });
});

describe('the e-mail address of the booker', () => {
  test('is written in lower case', () => {
    expect(created({ attendees: [{ email: ' Zofia@Poczta.Example ' }] }).attendeeEmail)
      .toBe('zofia@poczta.example');
  });

  test.each(['zofia(at)poczta', '', null, 7, '48501220314@sms.cal.com', 'x@temp.groomio.app'])(
    'is unknown when it is %j',
    (email) => expect(created({ attendees: [{ email }] }).attendeeEmail).toBeNull(),
  );

  test('is the one in the form if there are no attendees', () => {
    const responses = answered('email', 'zofia@poczta.example');
    expect(created({ attendees: [], responses }).attendeeEmail).toBe('zofia@poczta.example');
  });

  test('is that of the first attendee, the others being guests', () => {
    const attendees = [ATTENDEE, { email: 'guest@poczta.example', name: '' }];
    expect(created({ attendees })).toMatchObject({
      attendeeEmail: 'zofia@poczta.example',
      attendees: [{ email: 'zofia@poczta.example' }, { email: 'guest@poczta.example' }],
    });
  });

  test('is never that of the host, whom MEETING_ENDED may list first', () => {
    const attendees = [{ email: 'salon@psi-styl.example' }, ATTENDEE];
    expect(bookingIn(flat({ attendees })).attendeeEmail).toBe('zofia@poczta.example');
  });

  test('is the answered one among the attendees MEETING_ENDED lists', () => {
    const attendees = [{ email: 'groomer@psi-styl.example' }, ATTENDEE];
    const responses = answered('email', 'zofia@poczta.example');
    expect(bookingIn(flat({ attendees, responses })).attendeeEmail).toBe('zofia@poczta.example');
  });

  test('is unknown in a no-show event, which may mark a guest', () => {
    const attendees = [{ email: 'guest@poczta.example', noShow: true }];
    const text = wrapped('BOOKING_NO_SHOW_UPDATED', { bookingUid: 'abc123', attendees });
    expect(bookingIn(text)).toMatchObject({
      attendeeEmail: null,
      attendees: [{ email: 'guest@poczta.example', phone: null, noShow: true }],
    });
  });
});

describe('the phone of the booker', () => {
  const everywhere = {
    attendees: [{ ...ATTENDEE, phoneNumber: '+48500000001' }],
    smsReminderNumber: '+48500000003',
    responses: {
      ...answered('attendeePhoneNumber', '+48500000002'),
      ...answered('smsReminderNumber', '+48500000004'),
      ...answered('phone', '+48500000005'),
      ...answered('numer-telefonu', '+48500000006'),
    },
    location: '+48500000007',
  };

  test.each([
    ['with the attendee', everywhere, '+48500000001'],
    ['in the form', { ...everywhere, attendees: [ATTENDEE] }, '+48500000002'],
    ['as the number for reminders', {
      smsReminderNumber: '+48500000003',
      responses: answered('smsReminderNumber', '+48500000004'),
    }, '+48500000003'],
    ['as the number for reminders in the form', {
      responses: answered('smsReminderNumber', '+48500000004'),
    }, '+48500000004'],
    ['in a question named phone', { responses: answered('phone', '500 000 005') }, '500 000 005'],
    ['in a question in Polish', {
      responses: answered('Numer-telefonu', '+48500000006'),
    }, '+48500000006'],
    ['as a raw answer', { responses: { attendeePhoneNumber: '+48500000002' } }, '+48500000002'],
    ['as the location of a phone call', {
      location: '+48500000007',
      responses: answered('location', { value: 'phone', optionValue: '' }),
    }, '+48500000007'],
    ['as the location in the form', {
      location: 'phone',
      responses: answered('location', { value: 'phone', optionValue: '+48500000008' }),
    }, '+48500000008'],
    ['in the placeholder address', {
      attendees: [{ email: '48500000009@sms.cal.com' }],
    }, '+48500000009'],
  ])('is found %s', (_place, members, phone) => {
    expect(created(members).attendeePhone).toBe(phone);
  });

  test('is in the address BarkBook makes up for a client without one', () => {
    const attendees = [{ email: '501220314@temp.groomio.app' }];
    expect(created({ attendees })).toMatchObject({
      attendeeEmail: null,
      attendeePhone: '501220314',
      attendees: [{ email: null, phone: '501220314' }],
    });
  });

  test.each([
    ['with spaces and dashes', ' +48 602-118-540 ', '+48 602-118-540'],
    ['with brackets', '+1 (999) 999-9999', '+1 (999) 999-9999'],
    ['too short', '12345', null],
    ['too long', '1234567890123456', null],
    ['with letters', '+48 zadzwoń', null],
    ['a number of JSON', 48501220314, null],
  ])('is kept as typed when it is plausible: %s', (_form, phoneNumber, phone) => {
    expect(created({ attendees: [{ ...ATTENDEE, phoneNumber }] }).attendeePhone).toBe(phone);
  });

  test("is never the salon's own number as the location of a phone call", () => {
    const location = '+48122000117';
    const responses = answered('location', { value: 'userPhone', optionValue: '' });
    expect(created({ location, responses }).attendeePhone).toBeNull();
  });

  test('is not a location if the form does not say whose number it is', () => {
    expect(created({ location: '+48122000117' }).attendeePhone).toBeNull();
  });

  test("is not taken from another booker's answers in a slot with seats", () => {
    const responses = {
      ...answered('email', 'first@poczta.example'),
      ...answered('attendeePhoneNumber', '+48500000002'),
    };
    expect(created({ seatsPerTimeSlot: 4, responses }).attendeePhone).toBeNull();
  });

  test('is not read from other questions', () => {
    expect(created({ responses: answered('numer-czipa', '616093900123456') }).attendeePhone)
      .toBeNull();
  });
});

test('at most a hundred attendees are read', () => {
  expect(created({ attendees: Array(101).fill(ATTENDEE) }).attendees).toHaveLength(100);
});
