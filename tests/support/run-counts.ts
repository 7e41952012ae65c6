/** Whether this run tries everything, as the nightly workflow does with `WHOLE=true`. */
export function isWhole(): boolean {
  return process.env['WHOLE'] === 'true';
}

/** How many random cases a test tries: some in `npm test`, many in a whole run. */
export function runCount({ some, many }: { some: number; many: number }): number {
  return isWhole() ? many : some;
}
