import { expect, test } from 'vitest';
import type { Deployment } from '../../../../cli/deploy/deployment.ts';
import { extensions } from '../../../../cli/deploy/steps/extensions.ts';

test('missing extensions are created, pg_net outside of public', async () => {
  const created: string[] = [];
  const rows = <Row>(sql: string) => {
    if (sql.startsWith('create')) created.push(sql);
    return Promise.resolve([{ there: false }] as Row[]);
  };
  await extensions.run({ target: { database: { rows } } } as unknown as Deployment);
  expect(created).toEqual([
    'create extension if not exists pg_cron',
    'create extension if not exists pg_net with schema extensions',
  ]);
});
