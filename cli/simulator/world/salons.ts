/** Someone who books, as they fill in the form of the booking page. */
export type Booker = {
  firstName: string;
  lastName: string;
  /** Null for a booker who leaves only a phone number. */
  email: string | null;
  phone: string;
  dog: string;
  /** The ids in the BarkBook link they follow; null if they open the booking page without it. */
  link: { clientId: string; petId: string } | null;
};

/** A groomer with an account at Cal.com. */
export type Host = { id: number; username: string; name: string; email: string };

/** A salon with an account at Cal.com. */
export type Salon = {
  /** Its Cal.com username: salons.cal_com_username. */
  username: string;
  /** Whose calendar is booked, and who takes bookings over: a member of the same team. */
  host: Host;
  colleague: Host;
  timeZone: string;
  locale: string;
  address: string;
  /** Its owner in Supabase Auth; null for a salon that supabase/seed.sql does not know. */
  ownerId: string | null;
  bookers: { first: Booker; second: Booker; phoneOnly: Booker };
};

const PSI_STYL: Salon = {
  username: 'psi-styl',
  host: {
    id: 40117,
    username: 'psi-styl',
    name: 'Katarzyna Wrona',
    email: 'katarzyna@barkbook.example',
  },
  colleague: {
    id: 40118,
    username: 'psi-styl-ola',
    name: 'Aleksandra Bielak',
    email: 'ola@barkbook.example',
  },
  timeZone: 'Europe/Warsaw',
  locale: 'pl',
  address: 'ul. Dolnych Młynów 7/2, 31-124 Kraków',
  ownerId: '5a10a000-0000-4000-8000-000000000001',
  bookers: {
    first: {
      firstName: 'Zofia',
      lastName: 'Kaczmarek',
      email: 'zofia@poczta.example',
      phone: '+48501220314',
      dog: 'Fiona',
      link: {
        clientId: 'c0000000-0000-4000-8000-0000000000a1',
        petId: 'd0000000-0000-4000-8000-0000000000a1',
      },
    },
    second: {
      firstName: 'Tomasz',
      lastName: 'Gołąb',
      email: 'tomasz@poczta.example',
      phone: '+48602118540',
      dog: 'Borys',
      link: {
        clientId: 'c0000000-0000-4000-8000-0000000000a2',
        petId: 'd0000000-0000-4000-8000-0000000000a2',
      },
    },
    phoneOnly: {
      firstName: 'Halina',
      lastName: 'Ćwik',
      email: null,
      phone: '+48884002917',
      dog: 'Reksio',
      link: null,
    },
  },
};

const POLSKA_LAPA: Salon = {
  username: 'polska-lapa',
  host: {
    id: 40382,
    username: 'polska-lapa',
    name: 'James Nowak',
    email: 'james@barkbook.example',
  },
  colleague: {
    id: 40383,
    username: 'polska-lapa-kate',
    name: 'Kate Wójcik',
    email: 'kate@barkbook.example',
  },
  timeZone: 'Europe/London',
  locale: 'en',
  address: '12 King Street, London W6',
  ownerId: '5a10b000-0000-4000-8000-000000000001',
  bookers: {
    first: {
      firstName: 'Zofia',
      lastName: 'Kaczmarek',
      email: 'zofia@post.example',
      phone: '+447700900314',
      dog: 'Fiona',
      link: {
        clientId: 'c0000000-0000-4000-8000-0000000000b1',
        petId: 'd0000000-0000-4000-8000-0000000000b1',
      },
    },
    second: {
      firstName: 'Emily',
      lastName: 'Carter',
      email: 'emily@post.example',
      phone: '+447700900127',
      dog: 'Biscuit',
      link: null,
    },
    phoneOnly: {
      firstName: 'Oliver',
      lastName: 'Hughes',
      email: null,
      phone: '+447700900555',
      dog: 'Max',
      link: null,
    },
  },
};

const DEMO_SALONS = [PSI_STYL, POLSKA_LAPA];

/** The salon of a case unless another is named. */
export const DEFAULT_SALON = PSI_STYL.username;

/**
 * The salon with this Cal.com username. One that is not in supabase/seed.sql has the same bookers,
 * without BarkBook's link: the ids of another salon's clients would be refused.
 */
export function salonNamed(username: string): Salon {
  const demo = DEMO_SALONS.find((salon) => salon.username === username);
  if (demo) return demo;
  const { first, second, phoneOnly } = PSI_STYL.bookers;
  return {
    ...PSI_STYL,
    username,
    host: { ...PSI_STYL.host, username },
    ownerId: null,
    bookers: { first: { ...first, link: null }, second: { ...second, link: null }, phoneOnly },
  };
}
