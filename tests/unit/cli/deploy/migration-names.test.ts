import { expect, test } from 'vitest';
import { checkoutMigrations, MIGRATION_PREFIX } from '../../../../cli/target/checkout.ts';

test('the name of every migration tells that it belongs to this project', async () => {
  const names = (await checkoutMigrations()).map(({ name }) => name);

  expect(names).not.toEqual([]);
  expect(names.filter((name) => !name.startsWith(MIGRATION_PREFIX))).toEqual([]);
});
