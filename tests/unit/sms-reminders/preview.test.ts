import { expect, test } from 'vitest';
import { preview } from '../../../supabase/functions/sms-reminders/preview.ts';
import { message } from '../support/runs.ts';

test('a reminder put off past midnight reads as it will when it is sent', () => {
  const due = {
    ...message('m1'),
    salon_id: 's1',
    send_at: '2026-11-24T07:00:00Z',
    kind: 'reminder' as const,
    skip_reason: null,
  };
  expect(preview(due, { countries: ['PL'], linkUrl: null }).body).toBe(
    'Wizyta dzisiaj o 14:00 (Reksio). Psia Lapa',
  );
});
