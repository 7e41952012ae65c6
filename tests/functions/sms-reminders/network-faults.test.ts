import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { denoBinary } from '../../../local/setup/binaries.ts';
import { projectRoot } from '../../../local/setup/paths.ts';
import { runCommand } from '../../../local/processes/run-command.ts';
import type { SendResult } from '../../../supabase/functions/sms-reminders/providers/provider.ts';
import { clusterInfo } from '../../support/cluster.ts';
import {
  type Fault,
  type FaultServer,
  refusingUrl,
  startFaultServer,
} from '../../support/fault-server.ts';
import { sendAll, type SmsAttempt } from '../../support/sms-attempts.ts';

const PROVIDERS = ['smsapi', 'twilio'] as const;

/** The result of a fault for both providers, or for the first and the second. */
const FAULTS: [Fault, SendResult, SendResult?][] = [
  ['hang', { kind: 'ambiguous', code: 'timeout' }],
  ['reset', { kind: 'ambiguous', code: 'connection_lost' }],
  ['truncated_201', { kind: 'ambiguous', code: 'unreadable_answer' }],
  ['stalled_201', { kind: 'ambiguous', code: 'unreadable_answer' }],
  ['oversized_200', { kind: 'ambiguous', code: 'unreadable_answer' }],
  ['redirect', { kind: 'ambiguous', code: 'http_307' }],
  ['too_many_requests', { kind: 'transient', code: 'http_429', retryAfterSeconds: 90 }],
  ['unavailable_html', { kind: 'ambiguous', code: 'http_503' }],
  [
    'error_200',
    { kind: 'permanent', code: '13', optOut: false },
    { kind: 'ambiguous', code: 'unreadable_answer' },
  ],
];

const CASES = FAULTS.flatMap(([fault, expected, twilios = expected]) => [
  { provider: PROVIDERS[0], fault, expected },
  { provider: PROVIDERS[1], fault, expected: twilios },
]);

async function sendAllInDeno(attempts: SmsAttempt[]): Promise<SendResult[]> {
  const { ok, stdout, output } = await runCommand(
    [
      ...[denoBinary(), 'run', '--no-prompt', '--no-lock', '--node-modules-dir=manual'],
      ...['--allow-net', join(projectRoot, 'tests', 'support', 'sms-attempts.ts')],
      JSON.stringify(attempts),
    ],
    { env: { ...process.env, DENO_DIR: join(clusterInfo().dir, 'deno', 'cache') } },
  );
  if (!ok) throw new Error(output);
  return JSON.parse(stdout);
}

describe.each([
  { runtime: 'Node', send: sendAll },
  { runtime: 'Deno', send: sendAllInDeno },
])('in $runtime', ({ send }) => {
  let servers: FaultServer[];
  let results: SendResult[];

  beforeAll(async () => {
    servers = await Promise.all(CASES.map(({ fault }) => startFaultServer(fault)));
    results = await send(CASES.map(({ provider }, i) => ({
      provider,
      baseUrl: servers[i]?.url ?? '',
    })));
  });
  afterAll(async () => {
    await Promise.all(servers.map((server) => server.stop()));
  });

  test.each(CASES.map((each, i) => ({ ...each, i })))(
    '$provider classifies $fault and sends one request',
    ({ i, expected }) => {
      expect(results[i]).toEqual(expected);
      expect(servers[i]?.received).toHaveLength(1);
    },
  );

  test.each(PROVIDERS)(
    '%s knows that nothing was sent when there was no connection',
    async (provider) => {
      const refused = { kind: 'transient', code: 'connection_refused', retryAfterSeconds: null };
      const unknownName = 'http://provider.invalid';
      const attempts = [await refusingUrl(), unknownName].map((baseUrl) => ({ provider, baseUrl }));
      expect(await send(attempts)).toEqual([refused, refused]);
    },
  );
});
