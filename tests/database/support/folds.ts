import { withClient } from '../../../local/postgres/client.ts';
import type { TestDatabase } from '../../support/database.ts';

/** A stored row with its state, and the same row folded from its first delivery on. */
export type StoredAndFolded = { stored: unknown; folded: unknown };

/** Every appointment in both ways, ordered by uid. */
export async function storedAndFolded(database: TestDatabase): Promise<StoredAndFolded[]> {
  return await withClient(database.adminUrl, async (client) => {
    const { rows } = await client.query<StoredAndFolded>(
      `select to_jsonb(e) as stored,
         to_jsonb(private.fold_appointment(e, null::public.webhook_logs, false, true)) as folded
       from public.calendar_events e order by e.cal_com_event_id`,
    );
    return rows;
  });
}
