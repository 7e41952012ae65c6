import { answerOf } from './client.ts';

/** A row that has a place in the order of all rows. */
export type Placed = { id: string; start_time: string };

type Page = Parameters<typeof answerOf>[0];

/**
 * Reads all rows in the order of start_time and id, however many a single answer may hold: the Data
 * API cuts off after max_rows without a word. `page` asks for the rows behind a place, or the first.
 *
 * By place rather than by number, so that an appointment which is booked or moved between two pages makes
 * no other appear twice or not at all.
 */
export async function allPages<Row extends Placed>(
  page: (after: string | null) => Page,
): Promise<Row[]> {
  const rows: Row[] = [];
  for (;;) {
    const last = rows.at(-1);
    const next = await answerOf<Row[]>(page(last === undefined ? null : placeAfter(last)));
    if (next.length === 0) return rows;
    rows.push(...next);
  }
}

/** As a filter of the Data API. */
function placeAfter({ start_time, id }: Placed): string {
  return `start_time.gt."${start_time}",and(start_time.eq."${start_time}",id.gt.${id})`;
}
