import { marked, nextUid, report, type TrueBooking } from './true-booking.ts';

/** How a booking begins. */
export const BEGINNINGS = {
  booked: (of: TrueBooking) => {
    of.status = 'scheduled';
    report(of, 'created', 'BOOKING_CREATED');
  },
  requested: (of: TrueBooking) => report(of, 'requested', 'BOOKING_REQUESTED'),
  unpaid: (of: TrueBooking) => {
    of.isUnpaid = true;
    report(of, 'other', 'BOOKING_PAYMENT_INITIATED', { awaitingConfirmation: false });
  },
  paidRequest: (of: TrueBooking) => {
    report(of, 'other', 'BOOKING_PAYMENT_INITIATED');
    of.now += 4000;
    report(of, 'other', 'BOOKING_PAID');
    report(of, 'requested', 'BOOKING_REQUESTED');
  },
};

const PLACES = ['Kraków', 'Wieliczka', 'Niepołomice'];
const HOSTS = ['psi-styl', 'groomerka', 'stazystka'];

const isChangeable = ({ phase }: TrueBooking) => phase === 'open';
const isMovable = ({ phase }: TrueBooking) => phase === 'open' || phase === 'moving';
const takesPlace = ({ phase, status }: TrueBooking) =>
  phase === 'begun' || phase === 'open' && status !== 'pending';

/** What can happen to a booking: when it can, and what then changes and is reported. */
type Step = {
  isPossible(of: TrueBooking): boolean;
  happen(of: TrueBooking, choice: number): void;
  /** It can happen several times to one uid, so that only stamps order it. */
  isRepeatable?: true;
};

function move(of: TrueBooking, confirmed: boolean) {
  const rescheduleUid = of.uid;
  nextUid(of);
  of.phase = 'open';
  of.isUnpaid = false;
  of.status = !confirmed ? 'pending' : of.wasConfirmed ? 'confirmed' : 'scheduled';
  if (confirmed) report(of, 'rescheduled', 'BOOKING_RESCHEDULED', { rescheduleUid });
  else report(of, 'requested', 'BOOKING_REQUESTED', { rescheduleUid });
}

export const STEPS = {
  confirm: {
    isPossible: ({ phase, status }) => phase === 'open' && status === 'pending',
    happen: (of) => {
      Object.assign(of, { status: 'confirmed', wasConfirmed: true });
      report(of, 'confirmed', 'BOOKING_CREATED');
      if (of.isUnpaid) report(of, 'other', 'BOOKING_PAID');
    },
  },
  decline: {
    isPossible: ({ phase, status, isUnpaid }) =>
      phase === 'open' && status === 'pending' && !isUnpaid,
    happen: (of) => {
      Object.assign(of, { status: 'cancelled', phase: 'over' });
      report(of, 'rejected', 'BOOKING_REJECTED', { cancellationReason: 'brak miejsc' });
    },
  },
  move: { isPossible: isMovable, happen: (of) => move(of, true) },
  requestMove: { isPossible: isMovable, happen: (of) => move(of, false) },
  askForAnotherTime: {
    isPossible: isChangeable,
    happen: (of) => {
      Object.assign(of, { status: 'cancelled', phase: 'moving' });
      report(of, 'rescheduleRequested', 'BOOKING_CANCELLED');
    },
  },
  cancel: {
    isPossible: isChangeable,
    happen: (of) => {
      Object.assign(of, { status: 'cancelled', phase: 'over' });
      report(of, 'cancelled', 'BOOKING_CANCELLED', { cancellationReason: 'choroba' });
    },
  },
  changeLocation: {
    isRepeatable: true,
    isPossible: isChangeable,
    happen: (of, choice) => {
      of.location = PLACES[choice % PLACES.length] ?? null;
      report(of, 'other', 'BOOKING_LOCATION_UPDATED');
    },
  },
  reassign: {
    isRepeatable: true,
    isPossible: isChangeable,
    happen: (of, choice) => {
      of.host = HOSTS[choice % HOSTS.length] ?? null;
      report(of, 'other', 'BOOKING_REASSIGNED');
    },
  },
  end: {
    isRepeatable: true,
    isPossible: takesPlace,
    happen: (of) => {
      if (of.status === 'no_show') of.statusBeforeNoShow = 'completed';
      else of.status = 'completed';
      of.phase = 'begun';
      report(of, 'other', 'MEETING_ENDED');
    },
  },
  markNoShow: {
    isRepeatable: true,
    isPossible: takesPlace,
    happen: (of) => {
      if (of.status !== 'no_show') of.statusBeforeNoShow = of.status;
      Object.assign(of, { status: 'no_show', phase: 'begun' });
      report(of, 'other', 'BOOKING_NO_SHOW_UPDATED', marked(true));
    },
  },
  unmarkNoShow: {
    isRepeatable: true,
    isPossible: ({ status }) => status === 'no_show',
    happen: (of) => {
      of.status = of.statusBeforeNoShow;
      report(of, 'other', 'BOOKING_NO_SHOW_UPDATED', marked(false));
    },
  },
} satisfies Record<string, Step>;

/** What can happen to a booking. */
export type StepName = keyof typeof STEPS;

/** The step of this name. */
export const stepNamed = (name: StepName): Step => STEPS[name];
