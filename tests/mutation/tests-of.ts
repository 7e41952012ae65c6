/** Schema folders and the tests that use their objects, the most telling ones first. */
const OF_SCHEMAS: readonly [path: RegExp, tests: readonly string[]][] = [
  [/\/(00_foundation|10_salons)\//, [
    'security',
    'ingest',
    'operations/health-report',
    'reminders',
    'sync',
  ]],
  [/\/20_calendar\//, ['ingest', 'security', 'views', 'sync']],
  [/\/30_ingest\//, ['ingest', 'sync', 'security', 'privacy/erase', 'reminders/merged']],
  [/\/40_sync\//, ['sync', 'security', 'operations/wake-ups']],
  [/\/50_reminders\//, ['reminders', 'security']],
  [/\/60_privacy\//, ['privacy', 'security']],
  [/\/70_views\//, ['views', 'security']],
  [/\/80_operations\//, [
    'operations/function-calls',
    'operations/health',
    'operations/alert',
    'operations/silent',
    'operations/realtime',
    'operations/sched',
    'operations/wake-ups',
    'operations/jobs',
  ]],
];

/** Parts of our TypeScript that run in Deno or a browser, and the tests that run them there. */
const OF_SOURCES: readonly [path: RegExp, tests: readonly string[]][] = [
  [/^shared\/calendar\//, ['tests/database/views/calendar', 'tests/database/views/search']],
  [/^shared\/sms\//, ['tests/functions/sms-reminders/contract']],
  [/^shared\//, ['tests/functions/calcom-webhook/contract', 'tests/functions/calcom-webhook/fix']],
  [/\/_shared\//, [
    'tests/functions/health',
    'tests/functions/sms-status',
    'tests/functions/calcom-',
  ]],
  [/^supabase\/functions\/([a-z-]+)\//, ['tests/functions/$1']],
];

/** The tests that can notice a mistake in a file, beside the unit tests of a TypeScript file. */
export function testsOf(path: string): string[] {
  const known = path.endsWith('.sql')
    ? OF_SCHEMAS.map(([of, tests]) => [of, tests.map((name) => `tests/database/${name}`)] as const)
    : OF_SOURCES;
  for (const [of, tests] of known) {
    const match = of.exec(path);
    if (match !== null) return tests.map((name) => name.replace('$1', match[1] ?? ''));
  }
  throw new Error(`no tests are known for ${path}: add them to tests/mutation/tests-of.ts`);
}
