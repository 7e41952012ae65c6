import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { TRIMMING } from '../../../cli/simulator/world/services.ts';
import { answer } from '../../support/calcom/booking-changes.ts';
import { type ActionScene, startActions } from '../support/appointment-actions.ts';

let scene: ActionScene;

beforeAll(async () => {
  scene = await startActions();
});
beforeEach(() => scene.forget());
afterEach(() => expect(scene.calcom.violations).toEqual([]));
afterAll(() => scene.stop());

describe('no_show', () => {
  it('marks and unmarks the client', async () => {
    // Long enough ago at any minute of the hour: a snapshot is complete up to a minute ago.
    const { eventId } = await scene.book({ inHours: -28 });
    await scene.act({ action: 'no_show', eventId, absent: true });
    expect(await scene.appointment(eventId)).toMatchObject({ status: 'no_show' });
    await scene.act({ action: 'no_show', eventId, absent: false });
    expect(await scene.appointment(eventId)).toMatchObject({ status: 'completed' });
  });

  it('is too_early before the appointment begins, and Cal.com is not asked', async () => {
    const { eventId } = await scene.book();
    const asked = scene.calcom.requests.length;
    expect((await scene.act({ action: 'no_show', eventId, absent: true })).body)
      .toMatchObject({ code: 'too_early' });
    expect(scene.calcom.requests).toHaveLength(asked);
  });
});

it.each([['confirm', 'confirmed'], ['decline', 'cancelled']])(
  '%s leaves a pending appointment %s',
  async (action, status) => {
    const { eventId } = await scene.book({ service: TRIMMING });
    await scene.act({ action, eventId });
    expect(await scene.appointment(eventId)).toMatchObject({ status });
  },
);

it('a change that Cal.com accepts and does not show yet is done, and not shown', async () => {
  const { eventId, stored } = await scene.book();
  const accepted = { status: 200, body: { status: 'success', data: {} } };
  scene.calcom.fail(answer(stored), accepted);
  const { body } = await scene.act({ action: 'cancel', eventId, reason: 'x' });
  expect(body).toEqual({ ok: true, action: 'cancel', eventId, shown: false });
  expect(stored.status).toBe('accepted');
});
