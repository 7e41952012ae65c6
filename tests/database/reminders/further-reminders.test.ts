import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { enableTexts } from '../support/notices.ts';
import { claim, recoverAndExpire } from '../support/outbox.ts';
import {
  createAppointment,
  createRemindedClient,
  createRemindingSalon,
  forgetReminders,
  messages,
  moveAppointment,
  plan,
  type RemindedClient,
} from '../support/reminders.ts';
import type { TestSalon } from '../support/salons.ts';
import { monday, tuesday } from '../support/scene.ts';
import { sendDue } from '../support/send-due.ts';

let database: TestDatabase;
let salon: TestSalon;
let anna: RemindedClient;

beforeAll(async () => {
  database = await createTestDatabase();
});
beforeEach(async () => {
  await forgetReminders(database);
  salon = await createRemindingSalon(database);
  anna = await createRemindedClient(database, salon.id, { pets: ['Reksio', 'Burek'] });
});
afterAll(() => database.drop());

const book = (start: string, created?: string) =>
  createAppointment(database, salon.id, {
    client: anna,
    pet: 'Reksio',
    start,
    ...(created === undefined ? {} : { created }),
  });

/** Plans and sends at each of these times; returns when which kind was sent. */
async function run(...times: string[]): Promise<string[]> {
  const sent: string[] = [];
  for (const now of times) {
    await recoverAndExpire(database, now);
    await plan(database, now);
    await sendDue(database, now);
    const rows = await database.query<{ kind: string }>(
      `select kind from sms_messages where sent_at = $1 order by kind`,
      [now],
    );
    sent.push(...rows.map(({ kind }) => `${kind} ${now.slice(8, 16)}`));
  }
  return sent;
}

describe('a second reminder two hours before', () => {
  beforeEach(() => enableTexts(database, salon.id, ['second_reminder']));

  it('follows the first one', async () => {
    await book(tuesday('11:00'));
    expect(await run(monday('17:00'), tuesday('08:55'), tuesday('09:00'), tuesday('09:05')))
      .toEqual(['reminder 23 17:00', 'second_reminder 24 09:00']);
  });

  it('comes instead of the first one if both are due', async () => {
    await book(tuesday('10:00'), monday('20:00'));
    expect(await run(monday('20:10'), tuesday('08:00'), tuesday('08:05')))
      .toEqual(['second_reminder 24 08:00']);
  });

  it('is not needed within an hour after the first one', async () => {
    await book(tuesday('10:45'), monday('20:00'));
    expect(await run(tuesday('08:00'), tuesday('08:45'), tuesday('08:50')))
      .toEqual(['reminder 24 08:00']);
  });

  it('names the new time of an appointment that moved, and so does not come twice', async () => {
    const id = await book(tuesday('11:00'));
    await run(monday('17:00'), tuesday('09:00'));
    await moveAppointment(database, id, tuesday('15:00'), tuesday('09:30'));
    expect(await run(tuesday('09:40'), tuesday('12:55'), tuesday('13:00'), tuesday('13:05')))
      .toEqual(['reminder 24 09:40', 'second_reminder 24 13:00']);
  });

  it('is sent on the evening before if it would fall into the quiet hours', async () => {
    await book(tuesday('08:30'));
    expect(await run(monday('17:00'), monday('19:30'))).toEqual([
      'reminder 23 17:00',
      'second_reminder 23 19:30',
    ]);
  });

  it('names all appointments of the day, and so comes once for them', async () => {
    await book(tuesday('11:00'));
    await book(tuesday('16:00'));
    expect(await run(monday('17:00'), tuesday('09:00'), tuesday('14:00')))
      .toEqual(['reminder 23 17:00', 'second_reminder 24 09:00']);
  });

  it('comes instead of a first one that its provider kept waiting until it was too late', async () => {
    await book(tuesday('11:00'));
    await plan(database, monday('17:00'));
    expect(await run(tuesday('09:00'), tuesday('09:05'))).toEqual(['second_reminder 24 09:00']);
  });

  it('is not needed if the first one, which waited for its provider, is sent in the hour before', async () => {
    await book(tuesday('11:00'));
    await plan(database, monday('17:00'));
    expect(await run(tuesday('08:30'), tuesday('09:00'))).toEqual(['reminder 24 08:30']);
  });

  it('is not sent without consent, and both are recorded', async () => {
    await database.query('update clients set has_gdpr_consent = false');
    await book(tuesday('11:00'));
    await run(monday('17:00'), tuesday('09:00'));
    expect(await database.query(`select kind, reason from sms_messages order by kind`)).toEqual([
      { kind: 'reminder', reason: 'no_consent' },
      { kind: 'second_reminder', reason: 'no_consent' },
    ]);
  });

  it('gives way to the first one if only its own text is too long', async () => {
    await book(tuesday('10:00'), monday('20:00'));
    await plan(database, tuesday('08:00'));
    expect(await sendDue(database, tuesday('08:00'), { problem: 'too_long' })).toEqual([
      'too_long',
    ]);
    expect(await run(tuesday('08:00:30'))).toEqual([]);
    expect(await messages(database)).toMatchObject([
      { status: 'skipped', reason: 'too_long' },
      { status: 'skipped', reason: 'no_window' },
    ]);
  });
});

it('three reminders are sent, each at its own time', async () => {
  await enableTexts(database, salon.id, ['second_reminder'], { hours: 48 });
  await enableTexts(database, salon.id, ['third_reminder'], { hours: 3 });
  await book('2026-11-25 12:00+01');
  expect(await run(monday('12:00'), tuesday('17:00'), '2026-11-25 09:00+01')).toEqual([
    'second_reminder 23 12:00',
    'reminder 24 17:00',
    'third_reminder 25 09:00',
  ]);
});

describe('the text of a message', () => {
  const templates = async (now: string) =>
    (await claim(database, now) as unknown as { template: string }[])
      .map(({ template }) => template);
  const addService = (titleContains: string, template: string) =>
    database.query(
      `insert into sms_service_texts (salon_id, title_contains, template) values ($1, $2, $3)`,
      [salon.id, titleContains, template],
    );

  it('is that of its kind', async () => {
    await enableTexts(database, salon.id, ['second_reminder']);
    await database.query(`update sms_texts set template = 'Za chwilę: {{time}}'`);
    await book(tuesday('11:00'));
    await run(monday('17:00'));
    await plan(database, tuesday('09:00'));
    expect(await templates(tuesday('09:00'))).toEqual(['Za chwilę: {{time}}']);
  });

  it('is that of the service, whatever its capitals, and of two the longer', async () => {
    await addService('strzy', 'Strzyżenie');
    await addService('STRZYŻENIE', 'Prosimy nie karmić psa. {{appointments}}');
    await book(tuesday('11:00'));
    await plan(database, monday('17:00'));
    expect(await templates(monday('17:00'))).toEqual(['Prosimy nie karmić psa. {{appointments}}']);
  });

  it('is the salon’s if another service is on the same day', async () => {
    await addService('Strzyżenie', 'Prosimy nie karmić psa. {{appointments}}');
    await book(tuesday('11:00'));
    const other = await book(tuesday('13:00'));
    await database.query(`update calendar_events set title = 'Kąpiel' where id = $1`, [other]);
    await plan(database, monday('17:00'));
    expect(await templates(monday('17:00'))).toEqual([expect.stringContaining('Przypominamy')]);
  });

  it('that is too long is tried again once the text of the service is removed', async () => {
    await addService('Strzyżenie', 'Prosimy nie karmić psa. {{appointments}}');
    await book(tuesday('11:00'));
    await plan(database, monday('17:00'));
    expect(await sendDue(database, monday('17:00'), { problem: 'too_long' })).toEqual(['too_long']);
    expect(await plan(database, monday('17:05'))).toMatchObject({ planned: 0 });
    await database.query('delete from sms_service_texts');
    expect(await plan(database, monday('17:10'))).toMatchObject({ planned: 1 });
  });

  it('of a notice is never that of the service', async () => {
    await addService('Strzyżenie', 'Prosimy nie karmić psa. {{appointments}}');
    await enableTexts(database, salon.id, ['booked']);
    await book(tuesday('11:00'), monday('10:00'));
    await plan(database, monday('10:10'));
    expect(await templates(monday('10:10'))).toEqual([expect.stringContaining('Umówiono')]);
  });

  it('of a service of another salon does not count', async () => {
    const other = await createRemindingSalon(database);
    await database.query(
      `insert into sms_service_texts (salon_id, title_contains, template)
       values ($1, 'Strzyżenie', 'x')`,
      [other.id],
    );
    await book(tuesday('11:00'));
    await plan(database, monday('17:00'));
    expect(await templates(monday('17:00'))).toEqual([expect.stringContaining('Przypominamy')]);
  });
});

describe('a text is refused', () => {
  const save = (template: string) =>
    database.query(`insert into sms_texts (salon_id, kind, template) values ($1, 'moved', $2)`, [
      salon.id,
      template,
    ]);

  it.each([
    ['with an unknown variable', '{{dog}}', 'sms_texts_template_knows_its_variables'],
    ['with a link', 'Zobacz psistyl.pl', 'sms_texts_template_links_are_allowed'],
    ['of 601 characters', 'x'.repeat(601), 'sms_texts_template_is_short'],
  ])('%s', async (_what, template, constraint) => {
    await expect(save(template)).rejects.toMatchObject({ constraint });
  });

  it('unless its link is allowed to the salon', async () => {
    await database.query(`update sms_settings set allowed_links = '{psistyl.pl}'`);
    await save('Zobacz psistyl.pl');
  });

  it('of a service beyond the fiftieth', async () => {
    const add = (count: number) =>
      database.query(
        `insert into sms_service_texts (salon_id, title_contains, template)
         select $1, 'usługa ' || n || '-' || $2, 'x' from generate_series(1, $2) n`,
        [salon.id, count],
      );
    await add(50);
    await expect(add(1)).rejects.toMatchObject({ constraint: 'sms_service_texts_are_few' });
  });
});

it('an empty text becomes the default one in the language of the salon', async () => {
  await database.query(`update sms_settings set language = 'en'`);
  await enableTexts(database, salon.id, ['moved']);
  expect(await database.query('select template from sms_texts')).toEqual([
    { template: expect.stringContaining('new time') },
  ]);
});
