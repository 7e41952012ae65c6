import { type Check, failed, listed, passed, unjudged } from '../check.ts';
import { deployAgain } from '../next.ts';

type Channels = { channels: string[]; failures: { channel: string; failure: string }[] };

/** Whether alerts go anywhere, and whether every channel accepts them. */
export const alerts: Check = {
  name: 'alerts',
  needs: 'extensions',
  async run(target) {
    const [row] = await target.database.rows<Channels>(
      `select to_jsonb(private.alert_channels()) as channels,
         (select coalesce(jsonb_agg(distinct jsonb_build_object('channel', a.channel,
             'failure', a.failure)), '[]')
           from private.alerts a where a.failure is not null) as failures`,
    );
    const { channels = [], failures = [] } = row ?? {};
    if (channels.length === 0) {
      return unjudged('go nowhere: docs/operations.md#alerts-that-come-by-themselves');
    }
    if (failures.length === 0) return passed(channels.join(', '));
    return failed(
      listed(failures.map(({ channel, failure }) => `${channel} refuses alerts: ${failure}`)),
      `correct ALERT_WEBHOOK_URL or ALERT_EMAIL_KEY, _FROM and _TO, and ${deployAgain(target)}`,
    );
  },
};
