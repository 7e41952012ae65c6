import { reads, replace, type Rule } from './edit.ts';
import type { Token } from './tokens.ts';

const STARTS_STATEMENT = new Set([';', 'then', 'else', 'loop', 'begin']);

/** Locks no rows, or waits for those that it would skip. */
export const dropRowLock: Rule = (tokens, index) => {
  if (!reads(tokens, index, 'for', 'update')) return [];
  const skips = reads(tokens, index + 2, 'skip', 'locked');
  const last = tokens[index + (skips ? 3 : 1)];
  return [
    ...replace(tokens[index], '', last),
    ...(skips ? replace(tokens[index + 2], '', last) : []),
  ];
};

/** Leaves out an assignment, or a call such as that of a lock. */
export const dropStatement: Rule = (tokens, index) => {
  const before = tokens[index - 1];
  if (before === undefined || !STARTS_STATEMENT.has(before.text)) return [];
  const assigns = tokens[index]?.kind === 'word' && tokens[index + 1]?.text === ':=';
  if (!assigns && tokens[index]?.text !== 'perform' && !deletes(tokens, index)) return [];
  const end = tokens.findIndex((token, place) => place > index && token.text === ';');
  return end === -1 ? [] : replace(tokens[index], 'null', tokens[end - 1]);
};

const deletes = (tokens: readonly Token[], index: number) =>
  reads(tokens, index, 'delete') || reads(tokens, index, 'exit') ||
  reads(tokens, index, 'continue');

/** Sorts the other way round, or puts nulls at the other end. */
export const reverseOrder: Rule = (tokens, index) => {
  const token = tokens[index];
  if (token?.text === 'desc') return replace(token, 'asc');
  if (token?.text === 'nulls') {
    return replace(tokens[index + 1], tokens[index + 1]?.text === 'first' ? 'last' : 'first');
  }
  if (!reads(tokens, index, 'order', 'by')) return [];
  const key = tokens[index + 2];
  const next = tokens[index + 3];
  const isPlain = key?.kind === 'word' && next !== undefined &&
    [',', ')', ';', 'limit', 'for'].includes(next.text);
  return isPlain ? replace(key, `${key.text} desc`) : [];
};

/** A join that drops rows, a conflict that raises, duplicates that stay. */
export const loosen: Rule = (tokens, index) => {
  if (reads(tokens, index, 'left', 'join')) return replace(tokens[index], '');
  if (reads(tokens, index, 'on', 'conflict', 'do', 'nothing')) {
    return replace(tokens[index], '', tokens[index + 3]);
  }
  if (reads(tokens, index, 'create', 'unique')) return replace(tokens[index + 1], '');
  return tokens[index]?.text === 'distinct' && tokens[index - 1]?.text !== 'is' &&
      tokens[index - 1]?.text !== 'not' && tokens[index + 1]?.text !== 'on'
    ? replace(tokens[index], '')
    : [];
};
