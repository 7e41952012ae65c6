import { readFile } from 'node:fs/promises';
import { withClient } from '../../../local/postgres/client.ts';
import type { BenchDatabase } from './server.ts';

/** A client who books an appointment for a pet. */
export type Booker = {
  salonUsername: string;
  clientId: string;
  petId: string;
  email: string;
  phone: string;
};

const FILL = new URL('bookers.sql', import.meta.url);

/** Fills a database with salons and returns all clients who can book there. */
export async function createBookers(database: BenchDatabase): Promise<Booker[]> {
  const bookers = await createUnanalysedBookers(database);
  await withClient(database.url('postgres'), (client) => client.query('analyze'));
  return bookers;
}

/** The same, but Postgres knows nothing about the tables. */
export async function createUnanalysedBookers(database: BenchDatabase): Promise<Booker[]> {
  return await withClient(database.url('postgres'), async (client) => {
    await client.query(await readFile(FILL, 'utf8'));
    const { rows } = await client.query<Booker>(
      `select s.cal_com_username as "salonUsername", c.id as "clientId", cp.pet_id as "petId",
         c.email, c.phone_number as phone
       from public.salons s
       join public.clients c on c.salon_id = s.id
       join public.client_pets cp on cp.client_id = c.id
       order by s.id, c.id`,
    );
    return rows;
  });
}

/** Those of the first salons. */
export function ofSalons(bookers: readonly Booker[], salons: number): Booker[] {
  const chosen = [...new Set(bookers.map(({ salonUsername }) => salonUsername))].slice(0, salons);
  return bookers.filter(({ salonUsername }) => chosen.includes(salonUsername));
}
