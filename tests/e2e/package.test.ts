import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runCommand } from '../../local/processes/run-command.ts';
import { denoBinary } from '../../local/setup/binaries.ts';
import { projectRoot } from '../../local/setup/paths.ts';
import { type Dashboard, startDashboard } from '../database/support/dashboard.ts';
import { createAppointment } from '../database/support/reminders.ts';
import { createSalon, type TestSalon } from '../database/support/salons.ts';
import { clusterInfo } from '../support/cluster.ts';
import { createPackageConsumer, type PackageConsumer } from '../support/package-consumer.ts';

/** The tsconfig.json of create-next-app 15. */
const NEXT_TSCONFIG = {
  compilerOptions: {
    target: 'ES2017',
    lib: ['dom', 'dom.iterable', 'esnext'],
    allowJs: true,
    skipLibCheck: true,
    strict: true,
    noEmit: true,
    esModuleInterop: true,
    module: 'esnext',
    moduleResolution: 'bundler',
    resolveJsonModule: true,
    isolatedModules: true,
    jsx: 'preserve',
    types: [],
  },
};

/** Runs the app with the arguments of the process, in whatever runtime. */
const MAIN = `import { run } from './app.ts';
const [url, key, token, salonId] = process.argv.slice(2);
console.log(JSON.stringify(await run(url, key, token, salonId)));
`;

/** What the compiler has to refuse, if the types arrive. */
const WRONG = `import { createCalendar } from '@barkbook/calendar';
import { createClient } from '@supabase/supabase-js';
const calendar = createCalendar(createClient('https://x.supabase.co', 'key'));
export const wrong: number = (await calendar.getTodaysAppointments('id'))[0]?.local_start;
`;

/** An app with database types of its own. */
const TYPED = `import { createCalendar } from '@barkbook/calendar';
import { createClient } from '@supabase/supabase-js';
type Table = { Row: { id: string }; Insert: { id: string }; Update: { id: string }; Relationships: [] };
type None = Record<never, never>;
type Own = {
  public: { Tables: { notes: Table }; Views: None; Functions: None; Enums: None; CompositeTypes: None };
};
export const calendar = createCalendar(createClient<Own>('https://x.supabase.co', 'key'));
`;

let dashboard: Dashboard;
let salon: TestSalon;
let consumer: PackageConsumer;

beforeAll(async () => {
  dashboard = await startDashboard();
  salon = await createSalon(dashboard.database, { username: null });
  await createAppointment(dashboard.database, salon.id, { start: '2026-11-24 14:00+01' });
  consumer = await createPackageConsumer();
  await writeFile(join(consumer.dir, 'main.ts'), MAIN);
});
afterAll(async () => {
  await consumer.remove();
  await dashboard.stop();
});

async function compile(file: string, text?: string) {
  if (text !== undefined) await writeFile(join(consumer.dir, file), text);
  const config = join(consumer.dir, `${file}.json`);
  await writeFile(config, JSON.stringify({ ...NEXT_TSCONFIG, files: [file] }));
  const tsc = join(projectRoot, 'node_modules', 'typescript', 'bin', 'tsc');
  return await runCommand([process.execPath, tsc, '--project', config]);
}

async function runApp(runtime: string[]) {
  const { url, publishableKey, userToken } = dashboard.api;
  const { ok, output, stdout } = await runCommand(
    [
      ...runtime,
      join(consumer.dir, 'main.ts'),
      ...[url, publishableKey, await userToken(salon.ownerId), salon.id],
    ],
    { env: { ...process.env, DENO_DIR: join(clusterInfo().dir, 'deno'), NO_COLOR: '1' } },
  );
  expect(ok, output).toBe(true);
  return JSON.parse(stdout);
}

const READ = { start: '14:00', lines: 3, code: 'invalid_input' };

test('the tarball contains modules, types, the licence and a README, and no source', () => {
  expect(consumer.files).toEqual(
    expect.arrayContaining(['package.json', 'LICENSE', 'README.md', 'calendar/index.js']),
  );
  const others = consumer.files.filter((name) => !/\.js$|\.d\.ts$|^[^.]+$/.test(name));
  expect(others.sort()).toEqual(['README.md', 'package.json']);
});

test('a Next.js project compiles against it without special flags', async () => {
  const { ok, output } = await compile('app.ts');
  expect(output).toBe('');
  expect(ok).toBe(true);
});

test('its types are those of the calendar, so a mistake does not compile', async () => {
  const { output } = await compile('wrong.ts', WRONG);
  expect(output).toMatch(/wrong\.ts\(4,14\): error TS2322: Type 'string' is not assignable /);
});

test('it takes a client that was made with other database types', async () => {
  expect((await compile('typed.ts', TYPED)).output).toBe('');
});

test('it reads a real Data API in Node', async () => {
  expect(await runApp([process.execPath])).toEqual(READ);
});

test('it reads a real Data API in Deno, whose compiler finds the types', async () => {
  const deno = [denoBinary(), 'run', '--check', '--no-lock', '--node-modules-dir=manual'];
  expect(await runApp([...deno, '--allow-net', '--allow-env', '--allow-read'])).toEqual(READ);
});
