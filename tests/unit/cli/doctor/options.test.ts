import { expect, test } from 'vitest';
import { readOptions } from '../../../../cli/doctor/options.ts';

test.each([[['--nonsense']], [['somewhere']], [['--project-ref']]])(
  '%j is refused with the usage',
  (args) => expect(() => readOptions(args)).toThrow(/^usage: npm run doctor/),
);
