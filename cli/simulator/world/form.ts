import type { Booking } from './booking.ts';
import { emailOf, nameOf } from './people.ts';

type Answer = { label: string; value?: unknown; isHidden: boolean };

/** The labels of Cal.com's own questions are translation keys. */
const LABELS = {
  name: 'your_name',
  email: 'email_address',
  attendeePhoneNumber: 'phone_number',
  location: 'location',
  title: 'what_is_this_meeting_about',
  notes: 'additional_notes',
  guests: 'additional_guests',
  rescheduleReason: 'reason_for_reschedule',
} as const;

/** The booker's answers as the events of a new booking carry them. */
export function freshAnswers(booking: Booking): Record<string, Answer> {
  return answers(booking, booking.location);
}

/** The same answers as Cal.com reads them back from its database. */
export function storedAnswers(booking: Booking): Record<string, Answer> {
  return { ...answers(booking, 'inPerson'), guests: answer('guests', []) };
}

/** The answers to the salon's own questions. */
export function customAnswers({ booker }: Booking): Record<string, Answer> {
  return { 'imie-psa': { label: 'Imię psa', value: booker.dog, isHidden: false } };
}

function answers(booking: Booking, place: string): Record<string, Answer> {
  const { booker } = booking;
  return {
    name: answer('name', nameOf(booker)),
    email: answer('email', emailOf(booker)),
    attendeePhoneNumber: answer('attendeePhoneNumber', booker.phone),
    location: answer('location', { value: place, optionValue: '' }),
    title: { ...answer('title'), isHidden: true },
    notes: answer('notes'),
    guests: answer('guests'),
    rescheduleReason: answer('rescheduleReason'),
    ...customAnswers(booking),
  };
}

/** A question without an answer has no `value`. */
function answer(question: keyof typeof LABELS, value?: unknown): Answer {
  return {
    label: LABELS[question],
    ...(value === undefined ? {} : { value }),
    isHidden: false,
  };
}
