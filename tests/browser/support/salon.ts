import { randomBytes, randomUUID } from 'node:crypto';
import type { Booker, Salon } from '../../../cli/simulator/world/salons.ts';
import { withClient } from '../../../local/postgres/client.ts';
import { browserStack } from './stack.ts';

/** A user who can sign in. */
export interface Member {
  id: string;
  email: string;
  password: string;
}

/** The salon of a test, with an owner, a staff member and three clients with a dog each. */
export interface TestSalon {
  id: string;
  name: string;
  timeZone: string;
  owner: Member;
  staff: Member;
  /** As Cal.com knows it, for the code behind `npm run calcom`. */
  calCom: Salon;
}

const PASSWORD = 'zapach mokrego psa';
const NOON = 12;

/** Places without summer time, by how many hours they are ahead of UTC, from 11 behind to 12 ahead. */
const PLACES = [
  'Pacific/Pago_Pago',
  'Pacific/Honolulu',
  'Pacific/Gambier',
  'Pacific/Pitcairn',
  'America/Phoenix',
  'America/Costa_Rica',
  'America/Lima',
  'America/La_Paz',
  'America/Cayenne',
  'America/Noronha',
  'Atlantic/Cape_Verde',
  'Africa/Abidjan',
  'Africa/Lagos',
  'Africa/Maputo',
  'Africa/Nairobi',
  'Asia/Dubai',
  'Asia/Karachi',
  'Asia/Dhaka',
  'Asia/Bangkok',
  'Asia/Singapore',
  'Asia/Tokyo',
  'Australia/Brisbane',
  'Pacific/Guadalcanal',
  'Pacific/Tarawa',
];

/** A zone in which it is about noon now, so that no test runs over midnight. */
export function zoneAtNoon(now = new Date()): string {
  // Between 11 behind and 12 ahead, as in the list.
  const ahead = NOON - now.getUTCHours();
  return PLACES[ahead + NOON - 1] ?? 'UTC';
}

/** Runs statements as the role postgres. */
export async function sql<Row extends object>(
  text: string,
  values: unknown[] = [],
): Promise<Row[]> {
  return await withClient(browserStack().databaseUrl, async (client) => {
    const { rows } = await client.query<Row>(text, values);
    return rows;
  });
}

/** Adds a user who can sign in. */
export async function createMember(): Promise<Member> {
  const member = { id: randomUUID(), email: `${tag()}@salon.example`, password: PASSWORD };
  await sql(
    `insert into auth.users (id, email, encrypted_password, email_confirmed_at)
     values ($1, $2, extensions.crypt($3, extensions.gen_salt('bf', 4)), now())`,
    [member.id, member.email, member.password],
  );
  return member;
}

/** Adds a salon for a test. */
export async function createSalon(name = 'Psi Styl'): Promise<TestSalon> {
  const [owner, staff] = await Promise.all([createMember(), createMember()]);
  const id = randomUUID();
  const username = `salon-${tag()}`;
  const timeZone = zoneAtNoon();
  await sql(
    `insert into salons (id, user_id, name, address, cal_com_username, timezone)
     values ($1, $2, $3, 'ul. Prosta 1, Kraków', $4, $5)`,
    [id, owner.id, name, username, timeZone],
  );
  await sql("insert into salon_members (salon_id, user_id, role) values ($1, $2, 'staff')", [
    id,
    staff.id,
  ]);
  const [first, second, phoneOnly] = await Promise.all([
    createBooker(id, 'Zofia', 'Kaczmarek', 'Fiona', '+48501220314'),
    createBooker(id, 'Tomasz', 'Gołąb', 'Borys', '+48602118540'),
    createBooker(id, 'Halina', 'Ćwik', 'Reksio', '+48884002917'),
  ]);
  const calCom: Salon = {
    username,
    host: { id: 1, username, name: 'Katarzyna Wrona', email: owner.email },
    colleague: {
      id: 2,
      username: `${username}-ola`,
      name: 'Aleksandra Bielak',
      email: staff.email,
    },
    timeZone,
    locale: 'pl',
    address: 'ul. Prosta 1, Kraków',
    ownerId: owner.id,
    bookers: { first, second, phoneOnly },
  };
  return { id, name, timeZone, owner, staff, calCom };
}

async function createBooker(
  salonId: string,
  firstName: string,
  lastName: string,
  dog: string,
  phone: string,
): Promise<Booker> {
  const email = `${tag()}@poczta.example`;
  const link = { clientId: randomUUID(), petId: randomUUID() };
  await sql(
    `insert into clients (id, salon_id, name, surname, phone_number, email, has_gdpr_consent)
     values ($1, $2, $3, $4, $5, $6, true)`,
    [link.clientId, salonId, firstName, lastName, phone, email],
  );
  await sql(
    `insert into pets (id, salon_id, name, type, breed, allergies)
     values ($1, $2, $3, 'dog', 'maltańczyk', 'szampon z owsem')`,
    [link.petId, salonId, dog],
  );
  await sql('insert into client_pets (client_id, pet_id) values ($1, $2)', [
    link.clientId,
    link.petId,
  ]);
  return { firstName, lastName, email, phone, dog, link };
}

function tag(): string {
  return randomBytes(6).toString('hex');
}
