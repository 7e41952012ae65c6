import type { Appointment } from '../support/calcom-webhook.ts';

const KRAKOW = 'psi-styl-krakow';
const GDANSK = 'lapka-i-grzebien';
const POZNAN = 'kudlaty-poznan';

/** An appointment; phone, e-mail and pet are those of the client unless given. */
type Expected = Omit<Appointment, 'id' | 'phone' | 'email' | 'pet'> & Partial<Appointment>;

function appointment(
  status: string,
  salon: string,
  client: string,
  start: string,
  endClock: string,
  changes: Partial<Appointment> = {},
): Expected {
  return { status, salon, client, start, end: `${start.slice(0, 11)}${endClock}`, ...changes };
}

function zofia(changes: Partial<Appointment> = {}): Expected {
  return appointment('scheduled', KRAKOW, 'Zofia', '2026-09-29 11:00', '12:00', changes);
}

/** The appointment that each delivery creates on its own. */
export const BOOKED: Record<string, Expected> = {
  '001': appointment('scheduled', KRAKOW, 'Zofia', '2026-09-15 08:00', '09:00'),
  '002': appointment('scheduled', KRAKOW, 'Zofia', '2026-09-17 12:30', '13:30'),
  '004': appointment('scheduled', GDANSK, 'Tomasz', '2026-11-05 14:15', '15:00'),
  '007': appointment('pending', POZNAN, 'Agnieszka', '2026-07-20 06:30', '08:00'),
  '008': appointment('scheduled', POZNAN, 'Agnieszka', '2026-07-20 06:30', '08:00'),
  '009': appointment('scheduled', POZNAN, 'Agnieszka', '2026-07-20 06:30', '08:00'),
  '011': appointment('pending', POZNAN, 'Piotr', '2026-07-21 09:00', '10:30'),
  '014': appointment('scheduled', POZNAN, 'Halina', '2026-08-03 08:00', '09:30'),
  '015': appointment('pending', POZNAN, 'Halina', '2026-08-05 08:00', '09:30'),
  '016': appointment('scheduled', POZNAN, 'Halina', '2026-08-05 08:00', '09:30'),
  '017': appointment('scheduled', KRAKOW, 'Olena', '2026-10-02 15:00', '15:45'),
  '020': appointment('scheduled', KRAKOW, 'Olena', '2026-10-06 07:45', '08:30'),
  '021': appointment('scheduled', GDANSK, 'Zofia', '2026-06-09 07:00', '08:00'),
  '022': appointment('scheduled', GDANSK, 'Zofia', '2026-06-10 07:00', '08:00'),
  '023': appointment('scheduled', GDANSK, 'Zofia', '2026-06-12 11:00', '12:00'),
  '025': appointment('scheduled', POZNAN, 'Zofia', '2026-09-26 08:00', '10:00', {
    id: 'fk6VJg3wzDTWk3JzxiajJ2#5143883c-9efc-4f3b-8867-87dc6a843a95',
  }),
  '026': appointment('scheduled', POZNAN, 'Tomasz', '2026-09-26 08:00', '10:00', {
    id: 'fk6VJg3wzDTWk3JzxiajJ2#d6f616aa-cb3f-4ac5-8f89-a0c07721aac1',
  }),
  '029': appointment('scheduled', POZNAN, 'Piotr', '2026-10-03 08:00', '10:00', {
    id: '9kBtsL6pLQFxNYp8HQEvDB#b518e8f6-4de6-43dd-afa2-8ab40083f407',
  }),
  '031': appointment('scheduled', POZNAN, 'Zofia', '2026-10-03 08:00', '10:00', {
    id: '9kBtsL6pLQFxNYp8HQEvDB#5143883c-9efc-4f3b-8867-87dc6a843a95',
  }),
  '033': appointment('scheduled', KRAKOW, 'Halina', '2026-09-07 09:00', '10:00'),
  '034': appointment('scheduled', KRAKOW, 'Halina', '2026-10-05 09:00', '10:00'),
  '035': appointment('scheduled', KRAKOW, 'Halina', '2026-11-02 10:00', '11:00'),
  '039': appointment('pending', GDANSK, 'Agnieszka', '2026-12-18 08:30', '10:30'),
  '040': appointment('scheduled', GDANSK, 'Agnieszka', '2026-12-18 08:30', '10:30'),
  '041': appointment('confirmed', GDANSK, 'Agnieszka', '2026-12-18 08:30', '10:30'),
  '044': appointment('scheduled', KRAKOW, 'Tomasz', '2026-05-14 13:00', '14:00'),
  '045': appointment('scheduled', KRAKOW, 'Tomasz', '2026-05-14 13:00', '14:00'),
  '047': appointment('scheduled', KRAKOW, 'Piotr', '2026-05-15 13:00', '14:00'),
  '048': appointment('scheduled', KRAKOW, 'Piotr', '2026-05-14 15:00', '16:00'),
  '080': appointment('scheduled', KRAKOW, 'Halina', '2026-09-29 11:00', '12:00', { email: null }),
  '083': appointment('scheduled', KRAKOW, 'Agnieszka', '2026-09-29 11:00', '12:00'),
  '084': appointment('scheduled', KRAKOW, 'Olena', '2026-09-29 11:00', '11:20'),
  '086': zofia(),
  '087': appointment('scheduled', KRAKOW, 'Tomasz', '2026-09-29 11:00', '12:00'),
  '088': zofia(),
  '089': appointment('scheduled', KRAKOW, 'Olena', '2026-09-29 11:00', '12:00'),
  '090': zofia(),
  '092': zofia(),
  '094': zofia(),
  '095': zofia(),
  '096': zofia(),
  '098': zofia({ end: '2026-09-29 12:45' }),
  '099': appointment('scheduled', KRAKOW, 'Piotr', '2026-09-29 11:00', '12:00'),
  '111': zofia(),
  '112': zofia(),
  '138': zofia(),
  '139': zofia(),
  '140': zofia(),
  '142': zofia(),
  '144': zofia({ email: null }),
  '145': zofia(),
  '147': zofia(),
  '149': zofia(),
  '150': appointment('scheduled', KRAKOW, 'Halina', '2026-10-07 08:00', '09:00'),
  '151': appointment('pending', KRAKOW, 'Zofia', '2026-10-08 08:00', '09:00'),
  '154': appointment('scheduled', KRAKOW, 'Tomasz', '2026-10-09 10:00', '11:00'),
  '153': appointment('scheduled', KRAKOW, 'Zofia', '2026-09-15 08:00', '09:00'),
};

/** Deliveries that are deferred, with the reason. */
export const DEFERRED: Record<string, string> = {
  '003': 'booking_unknown',
  '006': 'booking_unknown',
  '012': 'booking_unknown',
  '018': 'booking_unknown',
  '024': 'booking_unknown',
  '028': 'booking_unknown',
  '030': 'booking_unknown',
  '032': 'booking_unknown',
  '036': 'booking_unknown',
  '049': 'booking_unknown',
  '051': 'booking_unknown',
  '052': 'booking_unknown',
  '058': 'booking_unknown',
  '060': 'booking_unknown',
  '091': 'salon_not_found',
  '103': 'booking_unknown',
  '104': 'booking_unknown',
  '152': 'booking_unknown',
  '155': 'booking_unknown',
  '156': 'salon_not_found',
  '157': 'booking_unknown',
};

/** Deliveries without a booking. */
export const IGNORED = [
  ...['005', '056', '063', '064', '065', '067', '068', '070', '072', '073', '074', '075', '079'],
  ...['131', '158', '159'],
];

/** Unusable deliveries, with the stored error. */
export const INVALID: Record<string, string> = {
  '107': 'triggerEvent',
  '116': 'not JSON',
  '117': 'not JSON',
  '118': 'not JSON',
  '119': 'triggerEvent',
  '121': 'triggerEvent',
  '122': 'triggerEvent',
  '123': 'not JSON',
  '125': 'payload.uid',
  '126': 'payload.uid',
  '127': 'payload.uid',
  '128': 'payload',
  '129': 'payload',
  '130': 'triggerEvent',
  '132': 'triggerEvent',
  '133': 'payload.startTime',
  '135': 'payload.startTime, payload.endTime',
  '137': 'payload.endTime',
};

/** Deliveries without a valid signature, with the error code. */
export const UNSIGNED: Record<string, string> = {
  '054': 'signature_missing',
  '108': 'signature_unsigned',
  '109': 'signature_missing',
  '110': 'signature_mismatch',
  '114': 'signature_mismatch',
};
