import { expect, test } from 'vitest';
import { createLogProvider } from '../../../supabase/functions/sms-reminders/providers/log.ts';
import { sms } from '../support/fake-provider.ts';

test('an SMS is printed with a masked number, and counts as accepted', async () => {
  const lines: string[] = [];
  const provider = createLogProvider({ print: (line) => lines.push(line) });
  expect(await provider.send(sms({ id: 'a-1', body: 'Wizyta jutro' })))
    .toEqual({ kind: 'accepted', providerMessageId: 'log-a-1' });
  expect(lines).toEqual(['+48•••••314 | Wizyta jutro']);
});
