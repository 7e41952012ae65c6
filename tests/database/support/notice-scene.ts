import type { TestDatabase } from '../../support/database.ts';
import { enableTexts } from './notices.ts';
import {
  at,
  createAppointment,
  createRemindedClient,
  createRemindingSalon,
  forgetReminders,
  plan,
  type RemindedClient,
} from './reminders.ts';
import type { TestSalon } from './salons.ts';
import { sendDue } from './send-due.ts';

/** A salon that can send notices, and its client Anna with two dogs, Reksio and Burek. */
export interface NoticeScene {
  salon: TestSalon;
  anna: RemindedClient;
  enable(...kinds: ('booked' | 'moved' | 'cancelled')[]): Promise<void>;
  /** Anna books for Reksio unless told. */
  book(start: string, created: string, pet?: string): Promise<string>;
  /** Sets the status of an appointment as a delivery at that time does. */
  setStatus(id: string, status: string, now: string, foldState?: string): Promise<unknown>;
  /** Plans and sends at a time; returns the verdicts. */
  run(now: string): Promise<string[]>;
  /** Kind and local start of each text that was sent, in order. */
  told(): Promise<string[]>;
}

/** Creates it, and forgets the salons and messages of the tests before. */
export async function createNoticeScene(database: TestDatabase): Promise<NoticeScene> {
  await forgetReminders(database);
  const salon = await createRemindingSalon(database);
  const anna = await createRemindedClient(database, salon.id, { pets: ['Reksio', 'Burek'] });
  return {
    salon,
    anna,
    enable: (...kinds) => enableTexts(database, salon.id, kinds),
    book: (start, created, pet = 'Reksio') =>
      createAppointment(database, salon.id, { client: anna, pet, start, created }),
    setStatus: (id, status, now, foldState = '{}') =>
      at(
        database,
        now,
        `update public.calendar_events set status = $2, fold_state = $3, last_event_at = $4
         where id = $1`,
        [id, status, foldState, now],
      ),
    run: async (now) => {
      await plan(database, now);
      return await sendDue(database, now);
    },
    told: async () => {
      const rows = await database.query<{ text: string }>(
        `select m.kind || ' ' || case when t.start_time = 'infinity' then 'cancelled'
           else to_char(t.start_time at time zone 'Europe/Warsaw', 'MM-DD HH24:MI') end as text
         from sms_messages m join private.sms_told_events t on t.message_id = m.id
         where m.status = 'sent' order by m.sent_at, t.start_time`,
      );
      return rows.map(({ text }) => text);
    },
  };
}
