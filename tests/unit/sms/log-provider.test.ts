import { expect, test } from 'vitest';
import { createLogProvider } from '../../../shared/sms/log-provider.ts';
import { sms } from './gateways.ts';

test('an SMS is printed with its number masked, and counts as accepted', async () => {
  const lines: string[] = [];
  const provider = createLogProvider({ print: (line) => lines.push(line) });
  expect(await provider.send(sms({ id: 'a-1', body: 'Wizyta jutro' })))
    .toEqual({ kind: 'accepted', providerMessageId: 'log-a-1' });
  expect(lines).toEqual(['+48•••••314 | Wizyta jutro']);
});
