import { maskPhone } from '../../../../shared/sms/mask-phone.ts';
import type { SmsProvider } from './provider.ts';

/** Sends nothing: prints each SMS, for the local stack. A real salon's texts do not belong in logs. */
export function createLogProvider({ print }: { print: (line: string) => void }): SmsProvider {
  return {
    name: 'log',
    idempotent: true,
    send: ({ id, to, body }) => {
      print(`${maskPhone(to)} | ${body}`);
      return Promise.resolve({ kind: 'accepted', providerMessageId: `log-${id}` });
    },
  };
}
