import { expect, it } from 'vitest';
import { listFunctions } from '../../../local/functions/catalog.ts';

// Cal.com, SMS providers, calendar programs, monitors and the scheduler have no token of Supabase.
it('every function checks its callers itself, without the gateway', async () => {
  const functions = await listFunctions();
  const guarded = functions.filter(({ verifyJwt }) => verifyJwt).map(({ name }) => name);

  expect(functions).not.toEqual([]);
  expect(guarded).toEqual([]);
});
