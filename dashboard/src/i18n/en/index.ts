import type { Messages } from '../pl/index.ts';
import { act } from './act.ts';
import { common } from './common.ts';
import { feed } from './feed.ts';
import { pets } from './pets.ts';
import { reasons } from './reasons.ts';
import { reminders } from './reminders.ts';
import { rule } from './rule.ts';
import { settings } from './settings.ts';
import { sms } from './sms.ts';
import { stats } from './stats.ts';
import { sync } from './sync.ts';
import { appointments } from './appointments.ts';

/** The texts in English. Plural forms that English does not have are left out. */
export const messages = {
  ...common,
  ...appointments,
  act,
  feed,
  pets,
  reminders,
  reasons,
  rule,
  settings,
  sms,
  stats,
  sync,
} satisfies Translated<Messages>;

type Translated<Texts> = {
  [Key in keyof Texts as Key extends `${string}_few` | `${string}_many` ? never : Key]:
    Texts[Key] extends string ? string : Translated<Texts[Key]>;
};
