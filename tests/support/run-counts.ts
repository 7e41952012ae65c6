/**
 * How many random cases a test tries: some in `npm test`, many with `WHOLE=true`, as the nightly
 * workflow runs it.
 */
export function runCount({ some, many }: { some: number; many: number }): number {
  return process.env['WHOLE'] === 'true' ? many : some;
}
