import { argumentsOf, closing, replace, type Rule } from './edit.ts';
import type { Token } from './tokens.ts';

const OTHER_FUNCTION: Readonly<Record<string, string>> = {
  min: 'max',
  max: 'min',
  least: 'greatest',
  greatest: 'least',
  bool_and: 'bool_or',
  bool_or: 'bool_and',
  nullif: 'coalesce',
  lower: '',
};
const OTHER_SIGN: Readonly<Record<string, string>> = { '+': '-', '-': '+' };

/** `min` becomes `max`, `lower(a)` becomes `a`, `coalesce(a, b)` becomes `a`. */
export const otherFunction: Rule = (tokens, index) => {
  const [token, open] = [tokens[index], tokens[index + 1]];
  if (token === undefined || open?.text !== '(') return [];
  const other = OTHER_FUNCTION[token.text];
  if (other !== undefined) return replace(token, other);
  if (token.text !== 'coalesce') return [];
  const [[, last] = []] = argumentsOf(tokens, index + 1);
  const close = tokens[closing(tokens, index + 1)];
  return last === undefined || close === undefined
    ? []
    : [{ start: last.end, end: close.start, replacement: '' }];
};

/** `true` becomes `false`, and a number the next one. */
export const otherConstant: Rule = (tokens, index) => {
  const token = tokens[index];
  if (token?.text === 'true') return replace(token, 'false');
  if (token?.text === 'false') return replace(token, 'true');
  const before = tokens[index - 1]?.text;
  if (token?.kind === 'number' && before !== '$' && tokens[index - 2]?.text !== 'numeric') {
    return replace(token, String(Number(token.text) + 1));
  }
  const count = /^'(\d+)( .*)$/s.exec(token?.kind === 'text' ? token.text : '');
  return count !== null && before === 'interval'
    ? replace(token, `'${Number(count[1]) * 2}${count[2]}`)
    : [];
};

/** A status, trigger or reason becomes another one that the same statement names. */
export const otherWord: Rule = (tokens, index) => {
  const token = tokens[index];
  if (token === undefined || !isCode(tokens, index)) return [];
  const codes = [
    ...new Set(tokens.filter((_, place) => isCode(tokens, place)).map(({ text }) => text)),
  ].filter((text) => style(text) === style(token.text));
  const other = codes[(codes.indexOf(token.text) + 1) % codes.length];
  return other === undefined || other === token.text ? [] : replace(token, other);
};

/** `in ('a', 'b')` becomes `in ('b')`. */
export const dropWord: Rule = (tokens, index) => {
  if (tokens[index]?.text !== 'in' || tokens[index + 1]?.text !== '(') return [];
  const words = argumentsOf(tokens, index + 1).map(([first]) => first);
  if (words.length < 2 || words.some(({ kind }) => kind !== 'text')) return [];
  return words.flatMap((word, place) => {
    const next = words[place + 1];
    if (next !== undefined) return [{ start: word.start, end: next.start, replacement: '' }];
    return [{ start: words[place - 1]?.end ?? word.start, end: word.end, replacement: '' }];
  });
};

function isCode(tokens: readonly Token[], index: number): boolean {
  const [before, token] = [tokens[index - 1]?.text ?? '', tokens[index]];
  return token?.kind === 'text' && /^'[a-z]\w+'$/i.test(token.text) &&
    !['->', '->>', '?', '::', 'interval', 'zone', 'raise', 'exception'].includes(before);
}

const style = (text: string) => text === text.toUpperCase();

/** `a + b` becomes `a - b`. */
export const otherSign: Rule = (tokens, index) => {
  const other = OTHER_SIGN[tokens[index]?.text ?? ''];
  const [before, after] = [tokens[index - 1], tokens[index + 1]];
  const isSpaced = before !== undefined && after !== undefined &&
    before.end < (tokens[index]?.start ?? 0) && (tokens[index]?.end ?? 0) < after.start;
  return other !== undefined && isSpaced && after.kind !== 'text'
    ? replace(tokens[index], other)
    : [];
};

/** Our function gets its first two arguments the other way round. */
export const swapArguments: Rule = (tokens, index) => {
  const token = tokens[index];
  if (token === undefined || !/^(private|public)\./.test(token.text)) return [];
  if (tokens[index + 1]?.text !== '(') return [];
  const [one, two] = argumentsOf(tokens, index + 1);
  if (one === undefined || two === undefined || one[0] !== one[1] || two[0] !== two[1]) return [];
  return replace(one[0], `${two[0].text}, ${one[0].text}`, two[0]);
};
