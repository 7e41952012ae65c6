import { Presets, SingleBar } from 'cli-progress';

/** Shows how far something is: a bar in a terminal, a line now and then elsewhere. */
export type ProgressBar = {
  show(progress: { done: number; total: number }): void;
  /** What it is doing beside counting. */
  say(remark: string): void;
  stop(): void;
};

/** Starts it with nothing to count yet. */
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
