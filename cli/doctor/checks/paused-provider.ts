import { type Check, failed, listed, passed } from '../check.ts';

type Pause = { provider: string; reason: string; until: string };

/** Whether the reminder job waits because a provider refuses all messages. */
export const pausedProvider: Check = {
  name: 'provider pause',
  needs: 'database',
  async run({ database }) {
    const rows = await database.rows<Pause>(
      `select provider, reason, to_char(paused_until, 'HH24:MI TZ') as until
       from public.sms_provider_state where paused_until > now()`,
    );
    if (rows.length === 0) return passed('none');
    return failed(
      listed(rows.map(({ provider, reason, until }) => `${provider} until ${until}: ${reason}`)),
      'add credit, or correct the token or the sender: docs/operations.md#a-provider-is-paused',
    );
  },
};
