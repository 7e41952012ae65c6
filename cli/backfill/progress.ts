import { Presets, SingleBar } from 'cli-progress';
import type { DataApi } from '../project/data-api.ts';

/** How many of the bookings have been read. */
export type Progress = { done: number; total: number };

/** Shows the progress: as a bar in a terminal, elsewhere as a line from time to time. */
export type ProgressBar = {
  show(progress: Progress): void;
  /** Shows a remark beside the count. */
  say(remark: string): void;
  stop(): void;
};

/** Starts a bar that has nothing to count yet. */
export function startProgressBar(): ProgressBar {
  const bar = new SingleBar({
    format: ' {bar} {percentage}% | {value} of {total} bookings {remark}',
    noTTYOutput: true,
    hideCursor: true,
  }, Presets.shades_classic);
  bar.start(0, 0, { remark: '' });
  return {
    show: ({ done, total }) => {
      bar.setTotal(total);
      bar.update(done);
    },
    say: (remark) => bar.update({ remark }),
    stop: () => bar.stop(),
  };
}

/** Reads how far the backfill is; null before Cal.com said how many bookings there are. */
export async function readProgress(database: DataApi, salonId: string): Promise<Progress | null> {
  const { data } = await database
    .from('calcom_sync_state')
    .select('scan_done, scan_total')
    .eq('salon_id', salonId)
    .maybeSingle();
  const total = data?.scan_total ?? null;
  return total === null ? null : { done: data?.scan_done ?? 0, total };
}
