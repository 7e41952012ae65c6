/** A token of SQL. Comments and spaces are none. */
export interface Token {
  kind: 'word' | 'number' | 'text' | 'sign';
  /** As written; words are lower case in our schemas. */
  text: string;
  start: number;
  end: number;
  /** How many parentheses and `case` expressions are open around it. */
  depth: number;
}

const PATTERN =
  /--[^\n]*|(?<text>'(?:[^']|'')*')|(?<word>"[^"]+"|[a-z_][a-z0-9_]*(?:\.[a-z_][a-z0-9_]*)*)|(?<number>\d+(?:\.\d+)?)|(?<sign>\$\$|\.\.|<=|>=|<>|:=|=>|->>|->|#>>|#>|@>|<@|\|\||::|\S)/g;

/** Statements that other tests compare with an exact list, or that do nothing. */
const SKIPPED = new Set(['comment', 'grant', 'revoke', 'select', 'do', 'drop']);

/** The tokens of each statement that a mistake can be planted in; of a function, only its body. */
export function statementsOf(sql: string): Token[][] {
  return statements(tokensOf(sql))
    .filter(([first]) => first !== undefined && !SKIPPED.has(first.text))
    .filter((statement) => !isEnum(statement) && !isIndex(statement))
    .map((statement) => isFunction(statement) ? bodyOf(statement) : statement)
    .map(withDepths);
}

function tokensOf(sql: string): Token[] {
  return [...sql.matchAll(PATTERN)].flatMap(({ 0: text, index: start, groups = {} }) => {
    const kind = (['text', 'word', 'number', 'sign'] as const).find((name) => groups[name]);
    return kind === undefined ? [] : [{ kind, text, start, end: start + text.length, depth: 0 }];
  });
}

function statements(tokens: Token[]): Token[][] {
  const found: Token[][] = [[]];
  let inBody = false;
  for (const token of tokens) {
    if (token.text === '$$') inBody = !inBody;
    found.at(-1)?.push(token);
    if (token.text === ';' && !inBody) found.push([]);
  }
  return found;
}

const isFunction = (statement: Token[]) => statement.some(({ text }) => text === '$$');

const isEnum = (statement: Token[]) => statement[1]?.text === 'type';

/** One that is not unique decides how fast a query is, never what it finds. */
const isIndex = (statement: Token[]) => statement[1]?.text === 'index';

function bodyOf(statement: Token[]): Token[] {
  const begin = statement.findIndex(({ text }) => text === '$$');
  const end = statement.findLastIndex(({ text }) => text === '$$');
  return statement.slice(begin + 1, end);
}

function withDepths(tokens: Token[]): Token[] {
  const open: string[] = [];
  return tokens.map((token) => {
    const { text } = token;
    const closes = text === ')' || text === 'end' && open.at(-1) === 'case';
    if (closes) open.pop();
    const depth = open.length;
    if (text === '(' || text === 'case') open.push(text);
    return { ...token, depth };
  });
}
