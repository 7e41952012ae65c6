import type { TestDatabase } from '../../support/database.ts';
import { readAt } from './app-clock.ts';
import {
  createAppointment,
  createRemindedClient,
  createRemindingSalon,
  forgetReminders,
  plan,
  type RemindedClient,
} from './reminders.ts';
import type { TestSalon } from './salons.ts';
import { monday, tuesday } from './scene.ts';
import { sendDue } from './send-due.ts';

/** What members ask for on the page of reminders, about Anna's appointment on Tuesday at 11:00. */
export interface AskedReminders {
  salon: TestSalon;
  /** Has two dogs, Reksio and Burek. */
  anna: RemindedClient;
  appointmentId: string;
  /**
   * Calls a function as the owner, on Monday at noon unless told; returns its answer, or that column
   * of it, or the status and code of its error.
   */
  ask(call: string, now?: string, column?: string): Promise<unknown>;
  sendNow(now?: string): Promise<unknown>;
  skip(now?: string, appointmentId?: string): Promise<unknown>;
  unskip(): Promise<unknown>;
  /** Sends a test SMS to a number. */
  sendTest(phone?: string, now?: string): Promise<unknown>;
  /** Plans and sends at a time; returns the verdicts. */
  run(now: string): Promise<string[]>;
  /** Status and reason of each message. */
  statuses(): Promise<string[]>;
}

/** Creates the salon, and forgets those of the tests before. */
export async function createAskedReminders(database: TestDatabase): Promise<AskedReminders> {
  await forgetReminders(database);
  const salon = await createRemindingSalon(database);
  const anna = await createRemindedClient(database, salon.id, { pets: ['Reksio', 'Burek'] });
  const appointmentId = await createAppointment(database, salon.id, {
    client: anna,
    pet: 'Reksio',
    start: tuesday('11:00'),
  });

  async function ask(
    call: string,
    now = monday('12:00'),
    column = 'answer',
  ): Promise<unknown> {
    try {
      const [row] = await readAt<{ answer: unknown }>(
        database,
        salon,
        now,
        `select ${column} as answer from public.${call} as answer`,
      );
      return row?.answer;
    } catch (error) {
      const { code, detail } = error as { code: string; detail?: string };
      return [code, detail].join(' ').trim();
    }
  }

  return {
    salon,
    anna,
    appointmentId,
    ask,
    sendNow: (now) => ask(`send_reminder_now('${appointmentId}')`, now, 'message_id'),
    skip: (now, id = appointmentId) => ask(`skip_reminder('${id}')`, now),
    unskip: () => ask(`unskip_reminder('${appointmentId}')`),
    sendTest: (phone = '600 100 200', now) =>
      ask(`send_test_sms('${salon.id}', '${phone}')`, now, 'message_id'),
    run: async (now) => {
      await plan(database, now);
      return await sendDue(database, now);
    },
    statuses: async () =>
      (await database.query<{ text: string }>(
        `select concat_ws(' ', status, reason) as text from sms_messages order by created_at, status`,
      )).map(({ text }) => text),
  };
}
