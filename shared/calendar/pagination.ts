import { answerOf } from './client.ts';

/** A row that can be sorted by start and id. */
export type SortableRow = { id: string; start_time: string };

type Page = Parameters<typeof answerOf>[0];

/**
 * Reads all rows in the order of start_time and id, although the Data API silently cuts every
 * response off at max_rows. `page` requests the rows that match a filter, or the first ones.
 *
 * Each page begins after the last row of the one before, not at an offset: so no row is repeated or
 * missed if appointments are booked or moved in between.
 */
export async function allPages<Row extends SortableRow>(
  page: (after: string | null) => Page,
): Promise<Row[]> {
  const rows: Row[] = [];
  for (;;) {
    const last = rows.at(-1);
    const next = await answerOf<Row[]>(page(last === undefined ? null : isAfter(last)));
    if (next.length === 0) return rows;
    rows.push(...next);
  }
}

/** The filter for rows after this one. */
function isAfter({ start_time, id }: SortableRow): string {
  return `start_time.gt."${start_time}",and(start_time.eq."${start_time}",id.gt.${id})`;
}
