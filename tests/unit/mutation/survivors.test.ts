import { expect, test } from 'vitest';
import { explains, readExplained } from '../../mutation/explained.ts';
import { listMutants } from '../../mutation/mutation.ts';
import { readOptions } from '../../mutation/options.ts';

test(
  'every explained survivor is a mutant of the code as it is now',
  { timeout: 60_000 },
  async () => {
    const mutants = await listMutants(readOptions([]));
    const stale = (await readExplained()).filter((known) =>
      !mutants.some((mutant) => explains(known, mutant))
    );
    expect(stale).toEqual([]);
  },
);
