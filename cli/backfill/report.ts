import type { Counts } from '../../supabase/functions/calcom-sync/counts.ts';

/** Whether every booking of the salon was imported. */
export function isComplete({ seen, foreign, unreadable, deferred, failed }: Counts): boolean {
  return unreadable + deferred + failed === 0 && (seen === 0 || foreign < seen);
}

/** What happened to the bookings, and what is left to do. */
export function describeCounts(counts: Counts, username: string): string {
  const { seen, foreign, unreadable, applied, unchanged, deferred, failed } = counts;
  if (seen > 0 && foreign === seen) {
    return `None of ${seen} bookings is hosted by ${username}: check salons.cal_com_username.`;
  }
  const rest = Object.entries({ foreign, unreadable, deferred, failed })
    .filter(([, count]) => count > 0)
    .map(([name, count]) => `, ${name} ${count}`);
  const advice = deferred + failed > 0
    ? '\nSee reason and error_message in webhook_logs for what to do.'
    : '';
  return `Done: imported ${applied}, already there ${unchanged}${rest.join('')}.${advice}`;
}
