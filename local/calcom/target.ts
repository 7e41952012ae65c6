import { parseSecrets } from '../../shared/calcom/signature.ts';
import { SetupProblem } from '../setup-problem.ts';
import { readStackEnv } from '../stack-env.ts';
import type { Options } from './options.ts';

/** Where deliveries go, and how to see there what they became. */
export type Target = {
  webhookUrl: string;
  secret: string;
  /** Null for a project whose keys we do not have. */
  project: { apiUrl: string; publishableKey: string; jwtSecret: string } | null;
};

const WEBHOOK_PATH = '/functions/v1/calcom-webhook';
const ALTERNATIVE = ', or pass --url and --secret';

/** The local stack that runs, or the project that --url and --secret name. */
export async function findTarget({ url, secret }: Options): Promise<Target> {
  if (url !== null) return deployedTarget(url, secret);

  const read = await readStackEnv(ALTERNATIVE);
  return {
    webhookUrl: `${read('FUNCTIONS_URL')}/calcom-webhook`,
    secret: secret ?? firstSecret(read('CALCOM_WEBHOOK_SECRET')),
    project: {
      apiUrl: read('API_URL'),
      publishableKey: read('PUBLISHABLE_KEY'),
      jwtSecret: read('JWT_SECRET'),
    },
  };
}

/** `url` is that of the webhook, or of the project it belongs to. */
function deployedTarget(url: string, givenSecret: string | null): Target {
  const secret = givenSecret ?? process.env.CALCOM_WEBHOOK_SECRET;
  if (!secret) {
    throw new SetupProblem('--url needs --secret, or CALCOM_WEBHOOK_SECRET in the environment');
  }
  if (!URL.canParse(url)) throw new SetupProblem(`--url ${url} is not an address`);
  const webhook = new URL(url);
  if (webhook.pathname === '/') webhook.pathname = WEBHOOK_PATH;
  return { webhookUrl: webhook.href, secret: firstSecret(secret), project: null };
}

/** The function may accept several secrets; Cal.com signs with one. */
function firstSecret(secrets: string): string {
  const [first] = parseSecrets(secrets);
  if (first === undefined) throw new SetupProblem('the webhook secret is empty');
  return first;
}
