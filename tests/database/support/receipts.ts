import type { Receipt } from '../../../supabase/functions/sms-status/receipt.ts';
import type { TestDatabase } from '../../support/database.ts';
import { monday } from './scene.ts';

/** A receipt for the message whose id at SMSAPI is A1. */
export function receipt(status: Receipt['status'], overrides: Partial<Receipt> = {}): Receipt {
  const providerStatus = status?.toUpperCase() ?? 'UNKNOWN';
  return {
    messageId: null,
    providerMessageId: 'A1',
    status,
    providerStatus,
    code: null,
    at: null,
    ...overrides,
  };
}

/** Applies receipts as `sms-status` does. */
export async function applyReceipts(
  database: TestDatabase,
  receipts: Receipt[],
  { now = monday('17:01'), provider = 'smsapi' } = {},
) {
  return await database.as('service_role', null, async (client) => {
    const { rows } = await client.query(
      'select * from public.sms_apply_receipts($1, $2, $3)',
      [provider, JSON.stringify(receipts), now],
    );
    return rows[0];
  });
}
