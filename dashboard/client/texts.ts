import type { ClientAppointment } from '../../shared/client-link/answers.ts';

/** A language of the page. */
export type Language = 'pl' | 'en';

/** The locale for dates of each language. */
export const LOCALES: Readonly<Record<Language, string>> = { pl: 'pl-PL', en: 'en-GB' };

/** What the page says. */
export type Texts = {
  title: string;
  loading: string;
  at: string;
  coming: string;
  move: string;
  cancel: string;
  confirm: string;
  confirmed: string;
  kept: string;
  retry: string;
  otherLanguage: string;
  /** What the client has answered. */
  responses: Record<NonNullable<ClientAppointment['response']>, string>;
  cancelled: string;
  passedOn: string;
  tooLate(hours: number): string;
  problems: Record<Problem, string>;
};

/** What can go wrong, as a client has to know it. */
export type Problem = 'gone' | 'moved' | 'too_many' | 'failed' | 'no_config';

const pl: Texts = {
  title: 'Wizyta',
  loading: 'Wczytuję…',
  at: 'godz.',
  coming: 'Przyjdę',
  move: 'Przełóż',
  cancel: 'Odwołaj',
  confirm: 'Odwołać tę wizytę?',
  confirmed: 'Tak, odwołaj',
  kept: 'Nie, zostaw',
  retry: 'Spróbuj ponownie',
  otherLanguage: 'English',
  responses: {
    coming: 'Dziękujemy, do zobaczenia!',
    wants_to_cancel: 'Salon wie, że chcesz odwołać tę wizytę.',
    wants_to_move: 'Salon wie, że chcesz przełożyć tę wizytę.',
  },
  cancelled: 'Wizyta jest odwołana.',
  passedOn: 'Przekazaliśmy to salonowi, który się tym zajmie.',
  tooLate: (hours) =>
    `Przełożyć albo odwołać wizytę można tutaj do ${hours} godz. przed nią. Teraz prosimy o telefon.`,
  problems: {
    gone: 'Ten link nie działa: wizyta już się odbyła albo brakuje części adresu.',
    moved: 'Termin tej wizyty się zmienił. Prosimy sprawdzić go i odpowiedzieć jeszcze raz.',
    too_many: 'Za dużo prób. Prosimy spróbować za minutę.',
    failed: 'Nie udało się połączyć.',
    no_config: 'Ta strona nie jest jeszcze gotowa.',
  },
};

const en: Texts = {
  title: 'Appointment',
  loading: 'Loading…',
  at: 'at',
  coming: 'I am coming',
  move: 'Move',
  cancel: 'Cancel',
  confirm: 'Cancel this appointment?',
  confirmed: 'Yes, cancel it',
  kept: 'No, keep it',
  retry: 'Try again',
  otherLanguage: 'Polski',
  responses: {
    coming: 'Thank you, see you soon!',
    wants_to_cancel: 'The salon knows that you want to cancel this appointment.',
    wants_to_move: 'The salon knows that you want to move this appointment.',
  },
  cancelled: 'The appointment is cancelled.',
  passedOn: 'We have told the salon, which will see to it.',
  tooLate: (hours) =>
    `You can move or cancel an appointment here until ${hours} hours before it. Please phone us now.`,
  problems: {
    gone: 'This link does not work: the appointment is over, or a part of the address is missing.',
    moved: 'The appointment has another time now. Please check it and answer again.',
    too_many: 'Too many attempts. Please try again in a minute.',
    failed: 'The page could not connect.',
    no_config: 'This page is not ready yet.',
  },
};

/** The texts of each language. */
export const TEXTS: Readonly<Record<Language, Texts>> = { pl, en };

/** The first language of the browser that the page has; null if it has none of them. */
export function browserLanguage(languages: readonly string[]): Language | null {
  for (const language of languages) {
    if (/^pl\b/i.test(language)) return 'pl';
    if (/^en\b/i.test(language)) return 'en';
  }
  return null;
}
