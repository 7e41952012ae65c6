import { readFile } from 'node:fs/promises';
import { withClient } from '../../../local/postgres/client.ts';
import { SUPERUSER } from '../../../local/postgres/logins.ts';
import type { BenchDatabase, BenchServer } from '../database/server.ts';

const SCENE = new URL('scene.sql', import.meta.url);

/** One salon of a database, one of its pets, and its owner. */
export type Subject = { database: BenchDatabase; salonId: string; petId: string; ownerId: string };

/** The role of the Data API for signed-in users. */
export const MEMBER_ROLE = 'authenticated';

/** A role with the privileges of a member, but without row level security. */
export const UNGUARDED_ROLE = 'unguarded';

/** A database with that many salons of a thousand appointments each. */
export async function createScene(
  server: BenchServer,
  name: string,
  salons: number,
): Promise<Subject> {
  const database = await server.createDatabase(name);
  return await withClient(database.url(SUPERUSER), async (client) => {
    // The rows are consistent, so triggers and foreign keys are not needed.
    await client.query(`set session_replication_role = replica; set bench.salons = ${salons}`);
    await client.query(await readFile(SCENE, 'utf8'));
    await client.query('vacuum analyze');
    const { rows: [subject] } = await client.query<Omit<Subject, 'database'>>(
      `select s.id as "salonId", s.user_id as "ownerId", p.id as "petId"
       from public.salons s join public.pets p on p.salon_id = s.id
       order by p.id limit 1`,
    );
    if (subject === undefined) throw new Error('the scene is empty');
    return { database, ...subject };
  });
}

/** Creates the role for the same queries without row level security. */
export async function createUnguardedRole({ database }: Subject): Promise<void> {
  await withClient(database.url(SUPERUSER), (client) =>
    client.query(
      `create role ${UNGUARDED_ROLE} nologin bypassrls;
       grant ${MEMBER_ROLE} to ${UNGUARDED_ROLE};
       grant ${UNGUARDED_ROLE} to authenticator`,
    ));
}
