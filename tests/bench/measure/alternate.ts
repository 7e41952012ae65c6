/** Prepares something, which is not measured, and returns what is measured. */
export type Step = () => Promise<() => Promise<void>>;

/**
 * Takes the steps in turns, that many times each, and returns the milliseconds of each. A
 * disturbance affects all of them alike, so even small differences can be measured.
 */
export async function alternate(steps: readonly Step[], times: number): Promise<number[][]> {
  const durationsMs = steps.map(() => new Array<number>());
  for (let turn = 0; turn < times; turn++) {
    for (let position = 0; position < steps.length; position++) {
      // Each of them comes first equally often.
      const index = (turn + position) % steps.length;
      const run = await steps[index]?.();
      const startedAtMs = performance.now();
      await run?.();
      durationsMs[index]?.push(performance.now() - startedAtMs);
    }
  }
  return durationsMs;
}
