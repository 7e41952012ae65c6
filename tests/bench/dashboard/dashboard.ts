import { createClient } from '@supabase/supabase-js';
import { createCalendar } from '../../../shared/calendar/calendar.ts';
import type { Database } from '../../../shared/database.types.ts';
import type { BenchServer } from '../database/server.ts';
import { type Explainer, openExplainer, type Plan } from './plan.ts';
import { viewQuery, VIEWS } from './queries.ts';
import { type MeasuredView, reportViews, type Turns } from './report.ts';
import { type Asker, startAsker } from './requests.ts';
import {
  createScene,
  createUnguardedRole,
  MEMBER_ROLE,
  type Subject,
  UNGUARDED_ROLE,
} from './scene.ts';

/** The rounds of each query, after the warm-up. */
const ROUNDS = 60;
const WARM_UP_ROUNDS = 15;

/**
 * Measures the pages of one salon among ten and among a thousand, with a thousand appointments
 * each.
 */
export async function benchDashboard(server: BenchServer): Promise<string> {
  const few = await createScene(server, 'dashboard_few', 10);
  const million = await createScene(server, 'dashboard_million', 1_000);
  await createUnguardedRole(million);
  const contenders: Contenders = {
    few: await startContender(server, few, MEMBER_ROLE),
    million: await startContender(server, million, MEMBER_ROLE),
    unguarded: await startContender(server, million, UNGUARDED_ROLE),
  };
  const measured: MeasuredView[] = [];
  for (const view of VIEWS) measured.push(await measureView(contenders, view));
  await Promise.all(Object.values(contenders).map(({ explainer }) => explainer.close()));
  return reportViews(measured, await requestsOfToday());
}

type Contender = { subject: Subject; asker: Asker; explainer: Explainer };
type Contenders = Record<keyof Turns, Contender>;

async function startContender(
  server: BenchServer,
  subject: Subject,
  role: string,
): Promise<Contender> {
  const [asker, explainer] = [
    await startAsker(server, subject, role),
    await openExplainer(subject, role),
  ];
  return { subject, asker, explainer };
}

/** Queries the contenders in turns, through the Data API and in the database itself. */
async function measureView(contenders: Contenders, view: string): Promise<MeasuredView> {
  const requestMs: Turns = { few: [], million: [], unguarded: [] };
  const databaseMs: Turns = { few: [], million: [], unguarded: [] };
  let plan: Plan | undefined;
  for (let round = -WARM_UP_ROUNDS; round < ROUNDS; round++) {
    for (const name of ['few', 'million', 'unguarded'] as const) {
      const { subject, asker, explainer } = contenders[name];
      const query = viewQuery(view, subject);
      const ms = await asker.time(query);
      const explained = await explainer.explain(query);
      if (name === 'million') plan = explained;
      if (round < 0) continue;
      requestMs[name].push(ms);
      databaseMs[name].push(explained.ms);
    }
  }
  if (plan === undefined) throw new Error('nothing was measured');
  return { view, requestMs, databaseMs, plan };
}

/** How many requests the client sends for today's page. */
async function requestsOfToday(): Promise<number> {
  let requests = 0;
  const answer = () => {
    requests += 1;
    return Promise.resolve(Response.json([]));
  };
  const supabase = createClient<Database>('http://127.0.0.1:1', 'key', {
    global: { fetch: answer },
    accessToken: () => Promise.resolve('token'),
  });
  await createCalendar(supabase).getTodaysAppointmentsForCurrentUser();
  return requests;
}
