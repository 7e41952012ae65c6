import type { Service } from './booking.ts';

const HOUR_MINUTES = 60;
const WEEKLY = 2;

/** The plain service: an hour for one dog, without a deposit. */
export const GROOMING: Service = {
  id: 810411,
  slug: 'strzyzenie-maly-pies',
  title: 'Strzyżenie — mały pies',
  description: 'Kąpiel, suszenie, strzyżenie, pazurki.',
  minutes: HOUR_MINUTES,
  price: 0,
  currency: 'usd',
  seats: null,
  requiresConfirmation: false,
  repeats: null,
};

/** One that the salon confirms first. */
export const TRIMMING: Service = {
  ...GROOMING,
  id: 810413,
  slug: 'trymowanie-terier',
  title: 'Trymowanie teriera',
  description: null,
  minutes: 1.5 * HOUR_MINUTES,
  requiresConfirmation: true,
};

/** One with a deposit. */
export const LARGE_DOG: Service = {
  ...GROOMING,
  id: 810440,
  slug: 'strzyzenie-duzy-pies-zadatek',
  title: 'Strzyżenie — duży pies (zadatek)',
  description: 'Zadatek 50 zł.',
  minutes: 2 * HOUR_MINUTES,
  price: 5000,
  currency: 'pln',
};

/** A group: four bookers share a slot. */
export const PUPPY_CLASS: Service = {
  ...GROOMING,
  id: 810420,
  slug: 'warsztat-szczeniak',
  title: 'Warsztat: pierwsza wizyta szczeniaka',
  description: 'Zajęcia grupowe, do 4 psów.',
  minutes: 2 * HOUR_MINUTES,
  seats: 4,
};

/** A series: three appointments, four weeks apart. */
export const NAIL_CLIPPING = {
  ...GROOMING,
  id: 810430,
  slug: 'pazurki-co-4-tygodnie',
  title: 'Pazurki co 4 tygodnie',
  description: null,
  repeats: { freq: WEEKLY, count: 3, interval: 4 },
} satisfies Service;
