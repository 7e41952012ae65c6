import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  fillTemplate,
  TEMPLATE_VARIABLES,
  type TemplateValues,
} from '../../../shared/sms/template.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { attempt, signedIn } from '../support/attempt.ts';
import { createSalon, type TestSalon } from '../support/salons.ts';
import { changeSettings, createRemindingSalon, type Settings } from '../support/reminders.ts';

const CHECK_VIOLATION = '23514';

let database: TestDatabase;
let salon: TestSalon;

beforeAll(async () => {
  database = await createTestDatabase();
  salon = await createRemindingSalon(database);
});
afterAll(() => database.drop());

const change = (settings: Settings) => changeSettings(database, salon.id, settings);

it('a new salon sends no reminders; once enabled, it sends them at 17:00 the day before', async () => {
  const { id } = await createSalon(database, { username: null });
  const [settings] = await database.query(
    `insert into sms_settings (salon_id) values ($1)
     returning enabled, mode, send_at_local, hours_before, quiet_from, quiet_to,
       min_lead::text, delay_after_booking::text, template, language, sender, transliterate,
       max_segments, group_same_day, monthly_cap, problem, daily_cap, allowed_links,
       notice_hours`,
    [id],
  );
  expect(settings).toEqual({
    enabled: false,
    mode: 'day_before',
    send_at_local: '17:00:00',
    hours_before: 24,
    quiet_from: '20:00:00',
    quiet_to: '08:00:00',
    min_lead: '02:00:00',
    delay_after_booking: '00:10:00',
    template: 'Przypominamy o wizycie {{when}} ({{weekday}}, {{date}}) o {{appointments}}. ' +
      '{{salon}} {{phone}} {{link}}',
    language: 'pl',
    sender: null,
    transliterate: true,
    max_segments: 2,
    group_same_day: true,
    monthly_cap: 1000,
    problem: null,
    daily_cap: 200,
    allowed_links: [],
    notice_hours: 24,
  });
});

it('an owner can set up and change reminders with an upsert of the Data API', async () => {
  const { id, ownerId } = await createSalon(database, { username: null });
  const upsert = (time: string) =>
    database.as('authenticated', ownerId, (client) =>
      // As PostgREST writes it, which sets the key, too.
      client.query(
        `insert into sms_settings (salon_id, enabled, send_at_local) values ($1, true, $2)
         on conflict (salon_id) do update set salon_id = excluded.salon_id,
           enabled = excluded.enabled, send_at_local = excluded.send_at_local`,
        [id, time],
      ));
  await upsert('17:00');
  await upsert('18:00');
  expect(await database.query('select send_at_local from sms_settings where salon_id = $1', [id]))
    .toEqual([{ send_at_local: '18:00:00' }]);
});

it.each<[rule: string, settings: Settings]>([
  ['leaves_min_lead', { mode: 'hours_before', hours_before: 2 }],
  ['is_not_quiet', { send_at_local: '20:00' }],
  ['is_not_quiet', { send_at_local: '07:59' }],
  ['is_not_quiet', { quiet_from: '16:00', quiet_to: '18:00' }],
  ['end_each_day', { quiet_from: '00:00', quiet_to: '24:00' }],
  ['min_lead_is_valid', { min_lead: '1000000 mons -30000000 days' }],
])(
  'settings that prevent every reminder are refused: %s, with %j',
  async (rule, settings) => {
    await expect(change(settings)).rejects.toMatchObject({
      code: CHECK_VIOLATION,
      constraint: expect.stringContaining(rule),
    });
  },
);

describe('a template', () => {
  // The database accepts exactly the templates that can be rendered.
  const values: TemplateValues = {
    when: '',
    weekday: '',
    date: '',
    time: '',
    appointments: '',
    pets: '',
    client: '',
    salon: '',
    phone: 'tel. 501 220 314',
    address: '',
    link: '',
  };

  it.each([
    'Do zobaczenia!',
    '{{when}} {{weekday}} {{date}} {{time}} {{appointments}} {{pets}} {{client}} {{salon}} {{address}}',
    'Wizyta {{ when }} o {{  time  }}',
    'Nawias {klamrowy} i }{ to nie zmienna',
    '{{{when}}} {{{time}}{{date}}{',
  ])('%j is accepted', async (template) => {
    await change({ template });
    expect(fillTemplate(template, values)).not.toBeNull();
  });

  it.each([
    ['Wizyta {{foo}}', '{{foo}}'],
    ['Wizyta {{when}} {{Time}}', '{{Time}}'],
    ['Wizyta {{when time}}', '{{when time}}'],
    ['Wizyta {{}}', '{{}}'],
    ['Wizyta {{when', '{{when'],
    ['Wizyta when}}', '}}'],
    ['Wizyta {{{{when}}}}', '{{ '],
    ['Wizyta {when}}', '}}'],
  ])('%j is refused with a message that names the mistake', async (template, part) => {
    const refusal = await change({ template }).catch((failure: unknown) => failure);
    expect(refusal).toMatchObject({
      code: CHECK_VIOLATION,
      constraint: 'sms_settings_template_knows_its_variables',
      message: expect.stringContaining(part),
      hint: `Use ${TEMPLATE_VARIABLES.map((name) => `{{${name}}}`).join(', ')}.`,
    });
    expect(fillTemplate(template, values)).toBeNull();
  });

  it('is also checked in the first settings of a salon', async () => {
    await expect(createRemindingSalon(database, { template: '{{foo}}' })).rejects.toMatchObject({
      constraint: 'sms_settings_template_knows_its_variables',
    });
  });
});

it.each<[valid: Settings[], unknown: Settings]>([
  [[{ mode: 'hours_before' }, { mode: 'day_before' }], { mode: 'week_before' }],
  [[{ language: 'en' }, { language: 'pl' }], { language: 'de' }],
])('the words %j are accepted, but not %j', async (valid, unknown) => {
  for (const settings of valid) await change(settings);
  await expect(change(unknown)).rejects.toMatchObject({ code: '22P02' });
});

it.each<[string, Settings[], Settings[]]>([
  [
    'hours_before_is_at_most_a_week',
    [{ hours_before: 1 }, { hours_before: 168 }],
    [{ hours_before: 0 }, { hours_before: 169 }],
  ],
  [
    'min_lead_is_valid',
    [{ min_lead: '0' }, { min_lead: '7 days' }],
    [{ min_lead: '-1 minute' }, { min_lead: '8 days' }],
  ],
  [
    'delay_after_booking_is_valid',
    [{ delay_after_booking: '0' }, { delay_after_booking: '1 day' }],
    [{ delay_after_booking: '-1 minute' }, { delay_after_booking: '25 hours' }],
  ],
  [
    'template_is_short',
    [{ template: 'x'.repeat(600) }],
    [{ template: 'x'.repeat(601) }, { template: '' }, { template: '  ' }],
  ],
  [
    'max_segments_is_valid',
    [{ max_segments: 1 }, { max_segments: 6 }],
    [{ max_segments: 0 }, { max_segments: 7 }],
  ],
  [
    'monthly_cap_is_not_negative',
    [{ monthly_cap: 0 }, { monthly_cap: null }],
    [{ monthly_cap: -1 }],
  ],
  [
    'sender_is_a_name',
    [{ sender: null }, { sender: 'PsiaLapa' }, { sender: 'Psia Lapa 2' }, { sender: 'A.b-c' }],
    [
      { sender: '' },
      { sender: '   ' },
      { sender: '12345' },
      { sender: 'Psia Łapa' },
      { sender: 'Salon Psia Lapa' },
      { sender: 'Psia\nLapa' },
      { sender: 'PsiaLapa\n' },
    ],
  ],
])(
  '%s: values within the bounds are accepted, others are refused',
  async (constraint, valid, invalid) => {
    for (const settings of valid) await change(settings);
    for (const settings of invalid) {
      await expect(change(settings), JSON.stringify(settings)).rejects.toMatchObject({
        constraint: `sms_settings_${constraint}`,
      });
    }
  },
);

it.each(['problem', 'salon_id', 'updated_at'])(
  'an owner can change a setting but not the column %s',
  async (column) => {
    const owner = signedIn(salon.ownerId);
    const set = (name: string) => `update sms_settings set ${name} = default`;
    expect(await attempt(database, owner, set('template'))).toBe('yes');
    expect(await attempt(database, owner, set(column))).toBe('denied');
  },
);
