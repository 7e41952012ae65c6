import type { Counts } from '../../supabase/functions/sms-reminders/counts.ts';

export type { Counts };

const COUNTED = [
  'planned',
  'skipped',
  'broken',
  'claimed',
  'sent',
  'retried',
  'failed',
  'unknown',
  'dropped',
] as const satisfies (keyof Counts)[];

/** What a run did, in one line; zero counts are left out. */
export function formatCounts(counts: Counts): string {
  const done = COUNTED.filter((name) => counts[name] > 0).map((name) => `${name} ${counts[name]}`);
  const deeds = done.length === 0 ? 'nothing to do' : done.join(', ');
  const broken = counts.broken > 0 ? '; see sms_settings.problem of the broken salons' : '';
  return `The run took ${counts.ms} ms: ${deeds}${broken}.`;
}
