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

/** Every text of the page. The other languages have the same keys. */
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
};

export type Messages = typeof messages;
