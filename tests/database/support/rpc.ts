import type { TestDatabase } from '../../support/database.ts';

/** Calls a SQL function that returns one value, as the project's functions do. */
export async function callFunction<Value = string>(
  database: TestDatabase,
  call: string,
  values: unknown[],
): Promise<Value> {
  return await database.as('service_role', null, async (client) => {
    const { rows } = await client.query(`select ${call} as answer`, values);
    return rows[0].answer;
  });
}
