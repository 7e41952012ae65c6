import { closing, reads, replace, type Rule } from './edit.ts';
import type { Token } from './tokens.ts';

/** What ends one condition of a conjunction. */
const ENDS = new Set([
  ...['and', 'or', 'then', 'when', 'else', 'order', 'group', 'limit', 'for', 'returning', 'loop'],
  ...['union', 'on', 'join', 'left', 'cross', 'from', 'where', 'having', 'with', 'execute', ';'],
  ',',
]);
const COMPARISONS: Readonly<Record<string, string>> = {
  '=': '<>',
  '<>': '=',
  '<': '<=',
  '<=': '<',
  '>': '>=',
  '>=': '>',
};
/** Before a `=` that assigns stands `set`, before one that compares one of the others. */
const ASSIGNS_OR_COMPARES = new Set([
  ...['set', 'where', 'and', 'or', 'on', 'if', 'when', 'then', 'else', 'return', 'select', 'not'],
  ...[':=', 'check', 'using', 'returning'],
]);

/** `a < b` becomes `a <= b`, and `=` becomes `<>`. */
export const flipComparison: Rule = (tokens, index) => {
  const token = tokens[index];
  const flipped = COMPARISONS[token?.text ?? ''];
  if (flipped === undefined || assigns(tokens, index)) return [];
  return replace(token, flipped);
};

function assigns(tokens: readonly Token[], index: number): boolean {
  const depth = tokens[index]?.depth ?? 0;
  const before = tokens.slice(0, index).findLast((token) =>
    token.depth < depth || token.depth === depth && ASSIGNS_OR_COMPARES.has(token.text)
  );
  return before?.text === 'set';
}

/** `and` becomes `or`, and the other way round. */
export const swapJunction: Rule = (tokens, index) => {
  const token = tokens[index];
  if (token?.text === 'or' && !reads(tokens, index, 'or', 'replace') && !inTrigger(tokens)) {
    return replace(token, 'and');
  }
  return token?.text === 'and' && !closesBetween(tokens, index) ? replace(token, 'or') : [];
};

const inTrigger = (tokens: readonly Token[]) => tokens.some(({ text }) => text === 'trigger');

function closesBetween(tokens: readonly Token[], index: number): boolean {
  const depth = tokens[index]?.depth;
  const before = tokens.slice(0, index).findLast((token) =>
    token.depth === depth && (token.text === 'between' || ENDS.has(token.text))
  );
  return before?.text === 'between';
}

/** `where a and b` becomes `where b`, and `where a`. */
export const dropCondition: Rule = (tokens, index) => {
  const token = tokens[index];
  if (token === undefined) return [];
  const end = conditionEnd(tokens, index);
  const last = tokens[end - 1];
  if (token.text === 'and' && !closesBetween(tokens, index)) return replace(token, '', last);
  const begins = ['where', 'on', 'if', 'when', 'return', 'using', 'check', ':='];
  if (begins.includes(token.text) && tokens[end]?.text === 'and') {
    return replace(tokens[index + 1], '', tokens[end]);
  }
  return [];
};

/** The index of the token that ends the condition after an index. */
function conditionEnd(tokens: readonly Token[], index: number): number {
  const depth = tokens[index]?.depth ?? 0;
  const end = tokens.findIndex((token, place) =>
    place > index && (token.depth < depth || token.depth === depth && ends(tokens, place))
  );
  return end === -1 ? tokens.length : end;
}

function ends(tokens: readonly Token[], index: number): boolean {
  const [before, token] = [tokens[index - 1], tokens[index]];
  if (token?.text === 'from' && before?.text === 'distinct') return false;
  return token !== undefined && ENDS.has(token.text) && !closesBetween(tokens, index);
}

/** `if a then` becomes `if true then`, and `if false then`. */
export const decideBranch: Rule = (tokens, index) => {
  if (!['if', 'elsif', 'when'].includes(tokens[index]?.text ?? '')) return [];
  const depth = tokens[index]?.depth;
  const then = tokens.findIndex((token, place) =>
    place > index && token.text === 'then' && token.depth === depth
  );
  const semicolon = tokens.findIndex((token, place) => place > index && token.text === ';');
  if (then === -1 || semicolon !== -1 && semicolon < then) return [];
  // A `when` that compares with a value has no condition.
  const condition = tokens.slice(index + 1, then);
  if (condition.every(({ kind, text }) => kind === 'text' || text === ',')) return [];
  return ['true', 'false'].flatMap((value) => replace(condition[0], value, condition.at(-1)));
};

/** `exists (…)` becomes `not exists (…)`, `is null` becomes `is not null`, and back. */
export const negate: Rule = (tokens, index) => {
  const [before, token, after] = [tokens[index - 1], tokens[index], tokens[index + 1]];
  if (token?.text === 'is') {
    return after?.text === 'not' ? replace(after, '') : replace(token, 'is not');
  }
  if (token?.text === 'not' && before?.text !== 'is' && after?.text !== 'null') {
    const isClause = reads(tokens, index - 1, 'if', 'not', 'exists') &&
      tokens[index + 2]?.text !== '(';
    return isClause ? [] : replace(token, '');
  }
  const negatable = token?.text === 'exists' || token?.text === 'in' && after?.text === '(';
  return negatable && before?.text !== 'not' ? replace(token, `not ${token?.text}`) : [];
};

/** A policy or constraint that accepts everything. */
export const acceptAll: Rule = (tokens, index) => {
  if (!['using', 'check'].includes(tokens[index]?.text ?? '')) return [];
  if (tokens[index + 1]?.text !== '(') return [];
  return replace(tokens[index + 1], '(true)', tokens[closing(tokens, index + 1)]);
};
