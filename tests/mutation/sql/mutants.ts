import { schemaFiles } from '../../../cli/schema/schema-files.ts';
import type { Mutant } from '../mutant.ts';
import {
  acceptAll,
  decideBranch,
  dropCondition,
  flipComparison,
  negate,
  swapJunction,
} from './conditions.ts';
import type { Rule } from './edit.ts';
import { dropRowLock, dropStatement, loosen, reverseOrder } from './statements.ts';
import { statementsOf } from './tokens.ts';
import {
  dropWord,
  otherConstant,
  otherFunction,
  otherSign,
  otherWord,
  swapArguments,
} from './values.ts';

const RULES: Readonly<Record<string, Rule>> = {
  'accept everything': acceptAll,
  'decide a branch': decideBranch,
  'drop a condition': dropCondition,
  'drop a row lock': dropRowLock,
  'drop a statement': dropStatement,
  'drop a word of a list': dropWord,
  'flip a comparison': flipComparison,
  'loosen a statement': loosen,
  'negate a condition': negate,
  'another constant': otherConstant,
  'another function': otherFunction,
  'another sign': otherSign,
  'another word': otherWord,
  'reverse an order': reverseOrder,
  'swap and with or': swapJunction,
  'swap arguments': swapArguments,
};

/** Every mistake that the rules can make in the text of a schema file. */
export function mutantsOf(path: string, sql: string): Mutant[] {
  return statementsOf(sql).flatMap((tokens) =>
    tokens.flatMap((_, index) =>
      Object.entries(RULES).flatMap(([rule, find]) =>
        find(tokens, index)
          .filter(({ start, end, replacement }) => sql.slice(start, end) !== replacement)
          .map((edit) => ({ path, rule, ...edit }))
      )
    )
  );
}

/** Those of all schema files whose paths match. */
export async function sqlMutants(matches: (path: string) => boolean): Promise<Mutant[]> {
  return (await schemaFiles()).filter(({ path }) => matches(path))
    .flatMap(({ path, sql }) => mutantsOf(path, sql));
}
