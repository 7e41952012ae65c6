/** A row, and a text that is too long for a column. */
export type Row = { cells: readonly string[]; text: string };

const GAP = '  ';

/** A table with columns as wide as needed; each text has its own line below its row. */
export function formatTable(head: readonly string[], rows: readonly Row[]): string {
  const widths = head.map((title, column) =>
    Math.max(title.length, ...rows.map(({ cells }) => cells[column]?.length ?? 0))
  );
  const align = (cells: readonly string[]) =>
    cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(GAP).trimEnd();
  return [align(head), ...rows.flatMap(({ cells, text }) => [align(cells), GAP + text])].join('\n');
}
