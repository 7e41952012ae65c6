import { expect } from 'vitest';
import type { TestDatabase } from '../../support/database.ts';
import { enableTexts, type TextKind } from './notices.ts';
import { beginDispatch, type Claim, claim, recoverAndExpire, settle } from './outbox.ts';
import {
  cancelAppointment,
  createAppointment,
  createRemindedClient,
  createRemindingSalon,
  forgetReminders,
  moveAppointment,
  plan,
  type RemindedClient,
} from './reminders.ts';

/** Numbers as they are typed; the first two are the same phone. */
export const TYPED_NUMBERS = ['600 100 200', '600100200', '600 100 300'] as const;

/** Something that happens to an appointment or a client. */
export type Change =
  | { kind: 'book'; which: number; who: number; start: string }
  | { kind: 'move'; which: number; start: string }
  | { kind: 'cancel'; which: number; bySalon?: boolean }
  | { kind: 'give'; which: number; who: number }
  | { kind: 'number'; who: number; typed: string }
  | { kind: 'erase'; who: number };

/**
 * What becomes of a POST. `lost` and `arrived` are not settled, because the run died;
 * `ambiguous_…` are settled so.
 */
export type Fate =
  | 'accepted'
  | 'transient'
  | 'lost'
  | 'arrived'
  | 'ambiguous_lost'
  | 'ambiguous_arrived';

/** A change before the run of a step, or after that run has claimed its first messages. */
export type TimedChange = { step: number; isMidRun: boolean; change: Change };

/** An appointment as the salon knows it. `isOver`: cancelled, or its client was erased. */
export type KnownAppointment = { id: string; start: number; who: number; isOver: boolean };

/** A client as the salon knows them. */
export type KnownClient = RemindedClient & { typed: string; isErased: boolean };

/** An SMS that arrived: the starts that it names by appointment; infinite if it was cancelled. */
export type Text = {
  at: number;
  kind: string;
  phone: string;
  who: number;
  starts: Map<string, number>;
};

/** The same phone in E.164. */
export function phoneOf(typed: string | null): string {
  return `+48${(typed ?? '').replaceAll(' ', '')}`;
}

/** A salon, its clients, and a provider that recognizes a repetition, from the phones' view. */
export class ReminderLife {
  readonly appointments = new Map<number, KnownAppointment>();
  readonly texts: Text[] = [];
  private readonly arrivedIds = new Set<string>();

  readonly clients: KnownClient[];
  private readonly database: TestDatabase;
  private readonly salonId: string;
  private readonly fates: Iterator<Fate>;

  private constructor(
    database: TestDatabase,
    salonId: string,
    clients: KnownClient[],
    fates: Iterator<Fate>,
  ) {
    this.database = database;
    this.salonId = salonId;
    this.clients = clients;
    this.fates = fates;
  }

  /** Begins with one client for each number of {@link TYPED_NUMBERS}. */
  static async begin(
    database: TestDatabase,
    fates: Iterator<Fate>,
    texts: readonly TextKind[] = [],
  ): Promise<ReminderLife> {
    await forgetReminders(database);
    const salon = await createRemindingSalon(database);
    await enableTexts(database, salon.id, texts, { hours: 4 });
    const clients: KnownClient[] = [];
    for (const typed of TYPED_NUMBERS) {
      const client = await createRemindedClient(database, salon.id, { phone: typed });
      clients.push({ ...client, typed, isErased: false });
    }
    return new ReminderLife(database, salon.id, clients, fates);
  }

  /** Runs the job once; `midRun` happens after the first claim. */
  async run(at: number, midRun: readonly Change[]): Promise<void> {
    const now = new Date(at).toISOString();
    await recoverAndExpire(this.database, now);
    await plan(this.database, now);
    let claims = await claim(this.database, now);
    for (const change of midRun) await this.apply(change, now);
    while (claims.length > 0) {
      for (const claimed of claims) await this.send(claimed, at, now);
      claims = await claim(this.database, now);
    }
  }

  /** Lets something happen, if it still can. */
  async apply(change: Change, now: string): Promise<void> {
    if (change.kind === 'number' || change.kind === 'erase') return await this.changeClient(change);
    const there = this.appointments.get(change.which);
    if (change.kind === 'book') {
      if (there === undefined) await this.book(change, now);
    } else if (there !== undefined && !there.isOver) {
      if (change.kind === 'move') {
        await moveAppointment(this.database, there.id, change.start, now);
        there.start = Date.parse(change.start);
      } else if (change.kind === 'cancel') {
        await cancelAppointment(this.database, there.id, {
          bySalon: change.bySalon ?? false,
          cancelledAt: now,
        });
        there.isOver = true;
      } else {
        await this.give(there, change.who);
      }
    }
  }

  private async book(
    { which, who, start }: { which: number; who: number; start: string },
    now: string,
  ): Promise<void> {
    const client = this.clients[who];
    if (client === undefined || client.isErased) return;
    const id = await createAppointment(this.database, this.salonId, {
      client,
      start,
      created: now,
    });
    this.appointments.set(which, { id, start: Date.parse(start), who, isOver: false });
  }

  private async give(appointment: KnownAppointment, who: number): Promise<void> {
    const client = this.clients[who];
    if (client === undefined || client.isErased) return;
    await this.database.query('update calendar_events set client_id = $2 where id = $1', [
      appointment.id,
      client.id,
    ]);
    appointment.who = who;
  }

  private async changeClient(
    change: Extract<Change, { kind: 'number' | 'erase' }>,
  ): Promise<void> {
    const client = this.clients[change.who];
    if (client === undefined || client.isErased) return;
    if (change.kind === 'number') {
      await this.database.query('update clients set phone_number = $2 where id = $1', [
        client.id,
        change.typed,
      ]);
      client.typed = change.typed;
      return;
    }
    await this.database.query('delete from clients where id = $1', [client.id]);
    client.isErased = true;
    for (const appointment of this.appointments.values()) {
      if (appointment.who === change.who) appointment.isOver = true;
    }
  }

  private async send(claimed: Claim, at: number, now: string): Promise<void> {
    const phone = claimed.phone ?? '';
    const draft = claimed.appointments.length === 0 ? { problem: 'template' } : { phone };
    if (await beginDispatch(this.database, claimed, now, draft) !== 'go') return;
    const fate = this.fates.next().value ?? 'accepted';
    if (fate === 'accepted' || fate.endsWith('arrived')) await this.arrive(claimed, phone, at);
    if (fate === 'lost' || fate === 'arrived') return;
    const outcome = fate.startsWith('ambiguous') ? 'ambiguous' : fate;
    await settle(this.database, claimed, now, { outcome });
  }

  private async arrive({ message_id, appointments }: Claim, phone: string, at: number) {
    if (this.arrivedIds.has(message_id)) return;
    this.arrivedIds.add(message_id);
    const covered = await this.database.query<{ id: string; start: Date; kind: string }>(
      `select event_id as id, start_time as start, kind from sms_message_events
       where message_id = $1`,
      [message_id],
    );
    const kind = covered[0]?.kind ?? '';
    const isOver = kind === 'cancelled';
    expect(appointments).toHaveLength(covered.length);
    const named = covered.map(({ id, start }) => {
      const known = [...this.appointments.values()].find((each) => each.id === id);
      expect(known).toMatchObject({ start: start.getTime(), isOver });
      return known?.who ?? -1;
    });
    const who = named[0] ?? -1;
    expect(phoneOf(this.clients[who]?.typed ?? null)).toBe(phone);
    const starts = new Map(
      covered.map(({ id, start }) => [id, isOver ? Infinity : start.getTime()]),
    );
    this.texts.push({ at, kind, phone, who, starts });
  }
}
