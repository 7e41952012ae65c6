import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { created } from '../../../cli/simulator/deliveries/events.ts';
import { GROOMING, PUPPY_CLASS } from '../../../cli/simulator/world/services.ts';
import { store } from '../../support/calcom/account.ts';
import { answer } from '../../support/calcom/booking-changes.ts';
import { deliverBySql } from '../../support/calcom/sql-receiver.ts';
import { createTown, HOUR_MS } from '../../support/calcom/town.ts';
import { type ActionScene, later, startActions } from '../support/appointment-actions.ts';

let scene: ActionScene;

beforeAll(async () => {
  scene = await startActions();
});
beforeEach(() => scene.forget());
afterEach(() => expect(scene.calcom.violations).toEqual([]));
afterAll(() => scene.stop());

describe('book', () => {
  const start = () => later(new Date(Math.ceil(Date.now() / HOUR_MS) * HOUR_MS), 50);
  const newBooking = (more: object = {}) => ({
    action: 'book',
    salonId: scene.salonId,
    eventTypeId: GROOMING.id,
    start: start(),
    clientId: scene.clientId,
    petId: scene.petId,
    ...more,
  });

  it('takes the time in Cal.com and makes an appointment of the client and pet', async () => {
    const { body } = await scene.act(newBooking());
    expect(body).toMatchObject({ ok: true, action: 'book', shown: true });
    expect(await scene.database.query('select id, client_id, pet_id, status from calendar_events'))
      .toEqual([{
        id: 'eventId' in body ? body.eventId : null,
        client_id: scene.clientId,
        pet_id: scene.petId,
        status: 'scheduled',
      }]);
    expect(await scene.activity()).toMatchObject([
      { action: 'book', client_id: scene.clientId, outcome: 'done' },
    ]);
  });

  it('of what another salon offers leaves the appointment to that salon', async () => {
    const otherTown = createTown(3, 'inny-salon');
    const booking = otherTown.newBooking(GROOMING, otherTown.newcomer(), Date.parse(start()));
    const made = answer(store(otherTown.account, booking, { createdAt: Date.now() }));
    scene.calcom.fail(made, made);
    expect((await scene.act(newBooking())).body)
      .toMatchObject({ ok: true, eventId: null, shown: false });
    await deliverBySql(scene.database, created(booking, new Date().toISOString()));
    expect(await scene.database.query('select salon_id from calendar_events'))
      .toEqual([{ salon_id: scene.otherSalonId }]);
  });

  it('leaves nothing to change for the webhook that follows', async () => {
    await scene.act(newBooking());
    const before = await scene.visible();
    const [stored] = scene.town.account.bookings;
    if (stored === undefined) throw new Error('not booked');
    const link = { clientId: scene.clientId, petId: scene.petId };
    const booking = { ...stored.booking, booker: { ...stored.booking.booker, link } };
    await deliverBySql(scene.database, created(booking, new Date().toISOString()));
    expect(await scene.visible()).toEqual(before);
  });

  it('takes a seat in a slot', async () => {
    const eventTypeId = PUPPY_CLASS.id;
    const { body } = await scene.act(newBooking({ eventTypeId }));
    const [appointment] = await scene.visible();
    expect(body).toMatchObject({ ok: true, eventId: appointment?.['id'] });
    expect(appointment?.['client_id']).toBe(scene.clientId);
  });

  it('at a time that is taken is refused with the booking page, filled in', async () => {
    await scene.act(newBooking());
    const { body } = await scene.act(newBooking());
    expect(body).toMatchObject({ code: 'slot_taken' });
    const url = new URL(body.ok || body.url === undefined ? '' : body.url);
    expect(url.origin + url.pathname).toBe('https://cal.com/psi-styl');
    expect(Object.fromEntries(url.searchParams)).toEqual({
      'name': 'Zofia Kaczmarek',
      'email': 'zofia@poczta.example',
      'attendeePhoneNumber': '+48501220314',
      'metadata[barkbookClientId]': scene.clientId,
      'metadata[barkbookPetId]': scene.petId,
    });
  });

  it('of an unknown event type is booking_not_found', async () => {
    expect((await scene.act(newBooking({ eventTypeId: 1 }))).body)
      .toMatchObject({ code: 'booking_not_found' });
  });
});

it('event_types lists what can be booked', async () => {
  const { body } = await scene.act({ action: 'event_types', salonId: scene.salonId });
  expect(body).toMatchObject({
    ok: true,
    eventTypes: expect.arrayContaining([
      { id: GROOMING.id, title: GROOMING.title, minutes: 60, slug: GROOMING.slug },
    ]),
  });
});
