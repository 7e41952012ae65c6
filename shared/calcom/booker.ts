import { answersTo, answerTo } from './form-answers.ts';
import type { BookingPayload, Person } from './booking-payload.ts';
import type { DeliveryTrigger } from './calendar-booking.ts';
import { phoneInPlaceholder, readEmail, readPhone, sameEmail } from './contact.ts';
import { ownMember } from '../json/records.ts';
import { nonEmpty } from '../text/truncate.ts';

/** The person who booked. */
export type Booker = { name: string | null; email: string | null; phone: string | null };

/** The slugs of questions with which salons ask for the booker's phone number. */
const PHONE_QUESTIONS =
  /^(phone|phone-?number|mobile|telefon|(nr|numer)-telefonu|telefon-kom[oó]rkowy)$/i;

/**
 * Finds the booker among the attendees and in the answers of the booking form. A no-show event
 * lists only the people it marks, who may be guests, so it does not show who booked.
 */
export function findBooker(
  trigger: DeliveryTrigger,
  payload: BookingPayload,
  attendees: Person[],
): Booker {
  if (trigger === 'BOOKING_NO_SHOW_UPDATED') return { name: null, email: null, phone: null };

  const answeredEmail = answerTo(payload.responses, 'email');
  const listed = trigger === 'MEETING_ENDED'
    ? bookerOfMeeting(payload, attendees, answeredEmail)
    : attendees[0];
  const email = listed === undefined ? answeredEmail : listed.email;

  // In a slot with seats, the answers are always those of the first booker.
  const answersOfAnother = readEmail(email) !== null && readEmail(answeredEmail) !== null &&
    !sameEmail(email, answeredEmail);
  const answers = answersOfAnother ? {} : payload;
  const numbers = [
    listed?.phoneNumber,
    ...numbersOfForm(answers),
    phoneInPlaceholder(email),
  ];
  return {
    name: nonEmpty(listed?.name) ?? nonEmpty(answerTo(answers.responses, 'name')),
    email: readEmail(email),
    phone: firstPhone(numbers),
  };
}

/**
 * MEETING_ENDED lists the attendees in any order, including the salon's own team; in every other
 * event the booker comes first (calcom/cal.com scheduleTrigger.ts).
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

/** The phone numbers in a booking, the most reliable first. */
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
 * The booker's number if the appointment is a phone call. A location that is a number may also be
 * the salon's (`userPhone`), so it counts only if the form says that it is the booker's.
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
