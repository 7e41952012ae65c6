/** An UPDATE or DELETE that has begun. */
type Write = { text: string; depth: number; filtered: boolean };

/** Comments, quoted text, words and the signs that end a statement. */
const TOKEN = /--[^\n]*|\/\*[\s\S]*?\*\/|'(?:[^']|'')*'|"[^"]*"|[\w.]+|[();]/g;

/** Words before `update` that make it a part of another statement: `for update`, `do update`. */
const NOT_A_STATEMENT: readonly string[] = ['for', 'key', 'do', 'of', 'before', 'after', 'or'];

/**
 * The statements in the body of a function that update or delete without WHERE. Those are what the
 * extension safeupdate refuses. Text that is executed dynamically is not read.
 */
export function unfilteredWrites(body: string): string[] {
  const found: string[] = [];
  let open: Write[] = [];
  let depth = 0;
  let previous = '';

  function close(isOver: (write: Write) => boolean): void {
    found.push(...open.filter((write) => isOver(write) && !write.filtered).map(({ text }) => text));
    open = open.filter((write) => !isOver(write));
  }

  const tokens = [...body.toLowerCase().matchAll(TOKEN)]
    .map(([token]) => token)
    .filter((token) => !/^(--|\/\*|')/.test(token));
  for (const [index, token] of tokens.entries()) {
    const next = tokens[index + 1] ?? '';
    if (token === '(') depth++;
    if (token === ')') close((write) => write.depth >= depth), depth--;
    if (token === ';') close(() => true);
    if (token === 'where') {
      for (const write of open) write.filtered ||= write.depth === depth;
    }
    const begins = token === 'delete' ? next === 'from' : token === 'update' &&
      !NOT_A_STATEMENT.includes(previous);
    const table = tokens[index + (token === 'delete' ? 2 : 1)] ?? '';
    if (begins) open.push({ text: `${token} ${table}`, depth, filtered: false });
    previous = token;
  }
  close(() => true);
  return found;
}
