import { readVariable } from '../../command/options.ts';
import type { Step } from '../deployment.ts';

/** The variables of the shell, in the order of the parameters of `private.setup_alerts`. */
export const ALERT_VARIABLES: readonly string[] = [
  'ALERT_WEBHOOK_URL',
  'ALERT_WEBHOOK_FORMAT',
  'ALERT_EMAIL_KEY',
  'ALERT_EMAIL_FROM',
  'ALERT_EMAIL_TO',
  'ALERT_EMAIL_URL',
];

/**
 * Sets where alerts go. What the shell does not say stays. A preview sends none: what its database
 * copied from production would alert about the wrong project.
 */
export const alerts: Step = {
  name: 'alerts',
  async run({ target, situation, answers: { env } }) {
    const values = ALERT_VARIABLES.map((name) =>
      situation.isPreview ? '' : readVariable(name, env)
    );
    const [row] = await target.database.rows<{ channels: string }>(
      'select private.setup_alerts($1, $2, $3, $4, $5, $6) as channels',
      values,
    );
    return `go to: ${row?.channels ?? 'nowhere'}`;
  },
};
