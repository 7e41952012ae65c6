import { book } from '../../../cli/simulator/world/booking.ts';
import * as SERVICES from '../../../cli/simulator/world/services.ts';
import type { Service } from '../../../cli/simulator/world/booking.ts';
import { ownMember } from '../../../shared/json/records.ts';
import { type CalcomAccount, type Seat, store, type StoredBooking } from './account.ts';
import { answer, CHANGES, notFound, refusalOf } from './booking-changes.ts';
import { badRequest } from './bookings-route.ts';
import type { Route, RouteAnswer } from './server.ts';

const services: Service[] = Object.values(SERVICES).filter((value) => typeof value === 'object');

/** `GET /v2/bookings/{bookingUid}` and by seat. */
export function readBooking(account: CalcomAccount, rest: string): RouteAnswer {
  const seatUid = /^by-seat\/(.+)$/.exec(rest)?.[1];
  const stored = account.bookings.find(({ booking, seats }) =>
    seatUid === undefined ? booking.uid === rest : seats?.some(({ seatId }) => seatId === seatUid)
  );
  return stored === undefined ? notFound('Booking') : answer(stored);
}

/** What is done with bookings. `now`: milliseconds since 1970. */
export function bookingRoutes(now: () => number): Route[] {
  return [
    {
      method: 'POST',
      path: '/bookings/',
      answer: ({ account, rest, body }) => {
        const [uid, what = ''] = rest.split('/');
        const stored = account.bookings.find(({ booking }) => booking.uid === uid);
        const change = CHANGES[what];
        return stored === undefined || change === undefined
          ? notFound('Booking')
          : change(stored, body, { account, now: now() });
      },
    },
    {
      method: 'POST',
      path: '/bookings',
      answer: ({ account, body }) => make(account, body, now()),
    },
    {
      method: 'GET',
      path: '/event-types',
      answer: ({ account, query }) => ({
        status: 200,
        body: {
          status: 'success',
          data: query.get('username') === account.salon.username
            ? services.map(({ id, title, slug, minutes }) => ({
              id,
              title,
              slug,
              lengthInMinutes: minutes,
              hidden: false,
            }))
            : [],
        },
      }),
    },
  ];
}

function make(account: CalcomAccount, body: unknown, now: number): RouteAnswer {
  const service = services.find(({ id }) => id === ownMember(body, 'eventTypeId'));
  if (service === undefined) return notFound('Event type');
  const attendee = ownMember(body, 'attendee');
  const [email, phone] = [ownMember(attendee, 'email'), ownMember(attendee, 'phoneNumber')];
  if (typeof email !== 'string' && typeof phone !== 'string') {
    return badRequest('attendee must have at least one contact');
  }
  const startMs = Date.parse(String(ownMember(body, 'start')));
  const [firstName = '', lastName = ''] = String(ownMember(attendee, 'name')).split(' ');
  const booker = {
    firstName,
    lastName,
    email: typeof email === 'string' ? email : null,
    phone: String(phone ?? ''),
    dog: '',
    link: null,
  };
  const metadata = ownMember(body, 'metadata') as Record<string, string>;
  const booking = book(account.salon, service, booker, new Date(startMs));
  const there = slotAt(account, service, startMs);
  const taken = there === undefined ? refusalOf(account, startMs, { booking }, now) : null;
  if (taken !== null) return taken;
  const status = service.requiresConfirmation ? 'pending' : 'accepted';
  if (service.seats === null) {
    return answer(store(account, booking, { createdAt: now, metadata, status }), 201);
  }
  const seat: Seat = { seatId: booking.seatId ?? '', booker, absent: false, metadata };
  const slot = there ?? store(account, booking, { createdAt: now, metadata, status, seats: [] });
  slot.seats?.push(seat);
  return answer(slot, 201, seat);
}

function slotAt(
  account: CalcomAccount,
  service: Service,
  startMs: number,
): StoredBooking | undefined {
  return account.bookings.find(({ booking, status, seats }) =>
    seats !== null && status === 'accepted' && booking.service.id === service.id &&
    booking.start.getTime() === startMs
  );
}
