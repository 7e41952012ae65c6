import { answersTo, answerTo } from './form-answers.ts';
import type { BookingPayload, Person } from './booking-payload.ts';
import type { DeliveryTrigger } from './calendar-booking.ts';
import { phoneInPlaceholder, readEmail, readPhone, sameEmail } from './contact.ts';
import { ownMember } from '../json/records.ts';

/** How to reach the person who booked. */
export type Booker = { email: string | null; phone: string | null };

/** Names a salon gives to its own question for the booker's number, as Cal.com makes them slugs. */
const PHONE_QUESTIONS =
  /^(phone|phone-?number|mobile|telefon|(nr|numer)-telefonu|telefon-kom[oó]rkowy)$/i;

/**
 * Finds the booker among the attendees and in the answers of the booking form. A no-show event
 * lists only those it marks, who may be guests, so it does not say who booked.
 */
export function findBooker(
  trigger: DeliveryTrigger,
  payload: BookingPayload,
  attendees: Person[],
): Booker {
  if (trigger === 'BOOKING_NO_SHOW_UPDATED') return { email: null, phone: null };

  const answeredEmail = answerTo(payload.responses, 'email');
  const listed = trigger === 'MEETING_ENDED'
    ? bookerOfMeeting(payload, attendees, answeredEmail)
    : attendees[0];
  const email = listed === undefined ? answeredEmail : listed.email;

  // In a slot with seats the answers are the first booker's, whoever the event is about.
  const answersOfAnother = readEmail(email) !== null && readEmail(answeredEmail) !== null &&
    !sameEmail(email, answeredEmail);
  const numbers = [
    listed?.phoneNumber,
    ...(answersOfAnother ? [] : numbersOfForm(payload)),
    phoneInPlaceholder(email),
  ];
  return { email: readEmail(email), phone: firstPhone(numbers) };
}

/**
 * Rows of MEETING_ENDED list the attendees in any order and the salon's own team among them; in
 * every other event the booker comes first (calcom/cal.com scheduleTrigger.ts).
 */
function bookerOfMeeting(
  payload: BookingPayload,
  attendees: Person[],
  answeredEmail: unknown,
): Person | undefined {
  const hosts = [payload.organizer?.email, payload.user?.email, payload.userPrimaryEmail];
  const guests = attendees.filter(({ email }) => !hosts.some((host) => sameEmail(host, email)));
  return guests.find(({ email }) => sameEmail(email, answeredEmail)) ?? guests[0];
}

/** The places of a booking where the number may be, the surest first. */
function numbersOfForm(payload: BookingPayload): unknown[] {
  const { responses } = payload;
  return [
    answerTo(responses, 'attendeePhoneNumber'),
    payload.smsReminderNumber,
    answerTo(responses, 'smsReminderNumber'),
    ...answersTo(responses, PHONE_QUESTIONS),
    numberOfLocation(payload),
  ];
}

/**
 * The number to call when the appointment is a call to the booker. A place that is a number may as well
 * be the salon's (`userPhone`), so it counts only where the form says that it is the booker's.
 */
function numberOfLocation(payload: BookingPayload): string | null {
  const answer = answerTo(payload.responses, 'location');
  if (ownMember(answer, 'value') !== 'phone') return null;
  return readPhone(ownMember(answer, 'optionValue')) ?? readPhone(payload.location);
}

function firstPhone(numbers: unknown[]): string | null {
  for (const number of numbers) {
    const phone = readPhone(number);
    if (phone !== null) return phone;
  }
  return null;
}
