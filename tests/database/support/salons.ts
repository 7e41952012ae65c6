import { randomUUID } from 'node:crypto';
import type { TestDatabase } from '../../support/database.ts';

/** A salon that tests deliver to, and its owner. */
export type TestSalon = { id: string; ownerId: string };

/** Creates a salon with an owner; its Cal.com username is `psi-styl` unless told. */
export async function createSalon(
  database: TestDatabase,
  { username = 'psi-styl' as string | null, timezone = 'Europe/Warsaw' } = {},
): Promise<TestSalon> {
  const salon = { id: randomUUID(), ownerId: randomUUID() };
  await database.query('insert into auth.users (id, email) values ($1, $2)', [
    salon.ownerId,
    `${salon.ownerId}@barkbook.example`,
  ]);
  await database.query(
    `insert into public.salons (id, user_id, name, cal_com_username, timezone)
     values ($1, $2, 'Salon', $3, $4)`,
    [salon.id, salon.ownerId, username, timezone],
  );
  return salon;
}

/** Creates a client of a salon with one pet. */
export async function createClient(
  database: TestDatabase,
  salonId: string,
  { phone = '+48501220314', email = 'zofia@poczta.example' as string | null, pets = 1 } = {},
): Promise<{ id: string; petIds: string[] }> {
  const id = randomUUID();
  const petIds = Array.from({ length: pets }, () => randomUUID());
  await database.query(
    `insert into public.clients (id, salon_id, name, surname, phone_number, email)
     values ($1, $2, 'Zofia', 'Kaczmarek', $3, $4)`,
    [id, salonId, phone, email],
  );
  for (const petId of petIds) {
    await database.query(
      `insert into public.pets (id, salon_id, name) values ($1, $2, 'Fiona')`,
      [petId, salonId],
    );
    await database.query(
      'insert into public.client_pets (client_id, pet_id) values ($1, $2)',
      [id, petId],
    );
  }
  return { id, petIds };
}
