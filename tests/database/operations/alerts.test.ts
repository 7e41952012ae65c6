import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { type AlertScene, createAlertScene, FAILING, MISSING } from '../support/alert-scene.ts';
import { answerAlerts, linesOf, passAlertTime, runAlerts } from '../support/alerts.ts';

// What is told, when, and how often. The bodies of the requests are in alert-settings.test.ts.

let database: TestDatabase;
let alerts: AlertScene;

beforeAll(async () => {
  database = await createTestDatabase();
});
beforeEach(async () => {
  alerts = await createAlertScene(database);
});
afterAll(() => database.drop());

it('nothing is told while all is well', async () => {
  expect(await alerts.toldWithin(20)).toEqual([]);
});

it('a problem is told once when it begins and once when it ends', async () => {
  await alerts.unschedule();
  expect(await alerts.told()).toEqual([`Began: ${MISSING}`]);
  expect(await alerts.toldWithin(60)).toEqual([]);
  await alerts.schedule();
  expect(await alerts.toldWithin(30)).toEqual([`Over: ${MISSING}`]);
  expect(await alerts.toldWithin(60)).toEqual([]);
});

it('problems that are found together are told in one message', async () => {
  await alerts.unschedule();
  await alerts.setFailing(true);
  const requests = await runAlerts(database);
  expect(requests.map(linesOf)).toEqual([[`Began: ${MISSING}`, `Began: ${FAILING}`]]);
  await alerts.setFailing(false);
});

it('one that comes and goes is told less and less often', async () => {
  const lines: string[] = [];
  // There for five minutes of each hour.
  for (let hour = 0; hour < 8; hour += 1) {
    await alerts.unschedule();
    lines.push(...await alerts.toldWithin(5));
    await alerts.schedule();
    lines.push(...await alerts.toldWithin(55));
  }
  expect(lines.filter((line) => line.startsWith('Began'))).toHaveLength(3);
  expect(lines.filter((line) => line.startsWith('Over'))).toHaveLength(2);
});

it('one that comes and goes every few minutes is told once', async () => {
  const lines: string[] = [];
  for (let minutes = 0; minutes < 120; minutes += 10) {
    await alerts.unschedule();
    lines.push(...await alerts.toldWithin(5));
    await alerts.schedule();
    lines.push(...await alerts.toldWithin(5));
  }
  expect(lines).toEqual([`Began: ${MISSING}`]);
});

it.each([[404], [500], [null]])(
  'a message that was answered with %s is sent again',
  async (status) => {
    await alerts.unschedule();
    expect(await alerts.told(status)).toEqual([`Began: ${MISSING}`]);
    expect(await alerts.told(status)).toEqual([`Began: ${MISSING}`]);
    expect(await alerts.told(204)).toEqual([`Began: ${MISSING}`]);
    expect(await alerts.told()).toEqual([]);
  },
);

it('a message without an answer is sent again after half an hour', async () => {
  await alerts.unschedule();
  await runAlerts(database);
  await passAlertTime(database, 29);
  expect(await runAlerts(database)).toEqual([]);
  await passAlertTime(database, 2);
  expect((await runAlerts(database)).flatMap(linesOf)).toEqual([`Began: ${MISSING}`]);
});

it('one that ended before anybody heard of it is told in one line', async () => {
  await alerts.unschedule();
  await alerts.told(500);
  await alerts.schedule();
  for (let run = 0; run < 5; run += 1) {
    await passAlertTime(database, 5);
    await alerts.told(500);
  }
  expect(await alerts.told()).toEqual([`Over: ${MISSING}`]);
  expect(await alerts.toldWithin(30)).toEqual([]);
});

it('the end is told although it came while the beginning was under way', async () => {
  await alerts.unschedule();
  const begun = await runAlerts(database);
  await alerts.schedule();
  await passAlertTime(database, 20);
  expect(await runAlerts(database)).toEqual([]);
  await answerAlerts(database, begun);
  expect(await alerts.told()).toEqual([`Over: ${MISSING}`]);
});

it('each channel is told until it has accepted, whatever the other does', async () => {
  await database.query(
    `select private.setup_alerts(p_email_key => 're_key', p_email_from => 'alerts@barkbook.example',
       p_email_to => 'operator@barkbook.example')`,
  );
  await database.query('delete from private.alerts');
  await alerts.unschedule();
  const [email, webhook, ...more] = await runAlerts(database);
  if (!email || !webhook) throw new Error('not two messages');
  expect(more).toEqual([]);
  expect([email.url, webhook.url]).toEqual([
    'https://api.resend.com/emails',
    'https://hooks.slack.com/services/T/B/x',
  ]);
  await answerAlerts(database, [email], 200);
  await answerAlerts(database, [webhook], 500);
  expect((await runAlerts(database)).map(({ url }) => url)).toEqual([webhook.url]);
});

it('answers of alerts are not left among those of the functions', async () => {
  await alerts.unschedule();
  await alerts.told(404);
  await database.query(`insert into net._http_response (id, status_code) values (-1, 202)`);
  await runAlerts(database);
  expect(await database.query('select id, status_code from net._http_response')).toEqual([
    { id: '-1', status_code: 202 },
  ]);
});

it('without a channel nothing is noted, and one that is set up later hears what is wrong then', async () => {
  await alerts.unschedule();
  await database.query(`select private.setup_alerts('')`);
  expect(await runAlerts(database)).toEqual([]);
  expect(await database.query('select from private.alerts')).toEqual([]);
  await database.query(`select private.setup_alerts('https://hooks.slack.com/services/T/B/y')`);
  expect(await alerts.told()).toEqual(['Over: test, alerts arrive here', `Began: ${MISSING}`]);
});

it('ended alerts are forgotten after a week', async () => {
  await alerts.unschedule();
  await alerts.told();
  await alerts.schedule();
  await alerts.toldWithin(25);
  await passAlertTime(database, 7 * 24 * 60);
  await runAlerts(database);
  expect(await database.query('select from private.alerts')).toEqual([]);
});
