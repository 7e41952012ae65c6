import Papa from 'papaparse';
import type { AppointmentStatus, CalendarEventWithDetails } from './appointment.ts';
import { serviceOf } from './service.ts';

/** The language of the headings and statuses. */
export type CsvLanguage = 'pl' | 'en';

const HEADINGS: Readonly<Record<CsvLanguage, readonly string[]>> = {
  pl: [
    'Data',
    'Od',
    'Do',
    'Minuty',
    'Status',
    'Klient',
    'Telefon',
    'E-mail',
    'Zwierzę',
    'Rasa',
    'Usługa',
    'Miejsce',
    'Powód odwołania',
    'Numer rezerwacji',
  ],
  en: [
    'Date',
    'From',
    'To',
    'Minutes',
    'Status',
    'Client',
    'Phone',
    'E-mail',
    'Pet',
    'Breed',
    'Service',
    'Place',
    'Reason for cancelling',
    'Booking',
  ],
};

const STATUSES: Readonly<Record<CsvLanguage, Readonly<Record<AppointmentStatus, string>>>> = {
  pl: {
    pending: 'oczekująca',
    scheduled: 'zaplanowana',
    confirmed: 'potwierdzona',
    completed: 'zakończona',
    cancelled: 'odwołana',
    no_show: 'klient nie przyszedł',
  },
  en: {
    pending: 'pending',
    scheduled: 'scheduled',
    confirmed: 'confirmed',
    completed: 'completed',
    cancelled: 'cancelled',
    no_show: 'no-show',
  },
};

/** Tells Excel that the file is UTF-8. */
const BYTE_ORDER_MARK = '\uFEFF';

/** The start of a formula in spreadsheets, in both widths of East Asian keyboards. */
const FORMULA = /^[=+\-@\t\r\n＝＋－＠]/;

/** The same after a separator at which another program may split the cell. */
const SPLIT_FORMULA = /([,;|\t\r\n]["'\s]*)(?=[=+\-@＝＋－＠])/g;

/**
 * Writes appointments as a table for spreadsheets, with times in the salon's zone.
 *
 * Columns are separated by semicolons, which a Polish Excel recognises when it opens the file.
 * There is no `sep=` line, since it makes Excel ignore the encoding. A cell that a spreadsheet
 * would evaluate, such as a phone number with a plus, gets an apostrophe in front. So does a part of
 * a cell that becomes a cell of its own in a program that splits at commas, tabs or other semicolons.
 */
export function toCsv(
  appointments: readonly CalendarEventWithDetails[],
  language: CsvLanguage = 'pl',
): string {
  const rows = appointments.map((appointment) =>
    cells(appointment, language).map((text) => text.replaceAll(SPLIT_FORMULA, "$1'"))
  );
  const table = Papa.unparse([HEADINGS[language], ...rows], {
    delimiter: ';',
    newline: '\r\n',
    escapeFormulae: FORMULA,
  });
  return `${BYTE_ORDER_MARK}${table}\r\n`;
}

function cells(appointment: CalendarEventWithDetails, language: CsvLanguage): string[] {
  const { client, pet } = appointment;
  return [
    appointment.local_date,
    appointment.local_start,
    appointment.local_end,
    String(appointment.duration_minutes ?? ''),
    STATUSES[language][appointment.effective_status],
    client
      ? [client.name, client.surname].filter(Boolean).join(' ')
      : appointment.attendee_name ?? '',
    client?.phone_number ?? appointment.attendee_phone ?? '',
    client?.email ?? appointment.attendee_email ?? '',
    pet?.name ?? '',
    pet?.breed ?? '',
    serviceOf(appointment),
    appointment.location ?? '',
    appointment.cancellation_reason ?? '',
    appointment.cal_com_event_id,
  ];
}
