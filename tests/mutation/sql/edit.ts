import type { Token } from './tokens.ts';

/** A replacement of text between two offsets. */
export interface Edit {
  start: number;
  end: number;
  replacement: string;
}

/** Looks at one token of a statement and says which mistakes can be made there. */
export type Rule = (tokens: readonly Token[], index: number) => Edit[];

/** Replaces a token, or those up to another one. */
export function replace(first: Token | undefined, replacement: string, last = first): Edit[] {
  if (first === undefined || last === undefined) return [];
  return [{ start: first.start, end: last.end, replacement }];
}

/** Whether these words stand at an index, one after the other. */
export function reads(tokens: readonly Token[], index: number, ...words: string[]): boolean {
  return words.every((word, offset) => tokens[index + offset]?.text === word);
}

/** The index of the token that closes the parenthesis at an index; -1 if none does. */
export function closing(tokens: readonly Token[], open: number): number {
  const depth = tokens[open]?.depth;
  return tokens.findIndex((token, index) =>
    index > open && token.text === ')' && token.depth === depth
  );
}

/** The arguments of the parenthesis at an index, each as its first and last token. */
export function argumentsOf(tokens: readonly Token[], open: number): [Token, Token][] {
  const close = closing(tokens, open);
  const found: Token[][] = [[]];
  for (const token of tokens.slice(open + 1, close)) {
    if (token.text === ',' && token.depth === (tokens[open]?.depth ?? 0) + 1) found.push([]);
    else found.at(-1)?.push(token);
  }
  return found.flatMap((argument): [Token, Token][] => {
    const [first, last] = [argument[0], argument.at(-1)];
    return first === undefined || last === undefined ? [] : [[first, last]];
  });
}
