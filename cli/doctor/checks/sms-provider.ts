import { developerEnv } from '../../../local/functions/function-env.ts';
import { requestJson } from '../../../shared/http/request-json.ts';
import { ownMember } from '../../../shared/json/records.ts';
import { readVariable } from '../../command/options.ts';
import { type Check, failed, passed, unjudged, type Verdict } from '../check.ts';

const ANSWER = { timeoutMs: 15_000, maxAnswerBytes: 100_000 };

/** Whether the SMS provider accepts the credentials of this shell, and has credit left. */
export const smsProvider: Check = {
  name: 'SMS provider',
  async run(target, shell) {
    const env = target.kind === 'local' ? { ...await developerEnv(), ...shell } : shell;
    const provider = readVariable('SMS_PROVIDER', env);
    const token = readVariable('SMSAPI_TOKEN', env);
    if (token !== null && provider !== 'twilio') return await askSmsapi(token, env);
    const sid = readVariable('TWILIO_ACCOUNT_SID', env);
    const twilioToken = readVariable('TWILIO_AUTH_TOKEN', env);
    if (sid !== null && twilioToken !== null && provider !== 'smsapi') {
      return await askTwilio(sid, twilioToken, env);
    }
    return unjudged(
      'set SMSAPI_TOKEN, or TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN, in this shell to have it ' +
        'checked',
    );
  },
};

/** https://www.smsapi.pl/docs, Account: `points` are worth a grosz or more each. */
async function askSmsapi(token: string, env: NodeJS.ProcessEnv): Promise<Verdict> {
  const base = readVariable('SMSAPI_BASE_URL', env) ?? 'https://api.smsapi.pl';
  const init = { headers: { authorization: `Bearer ${token}` } };
  const answer = await requestJson({ fetch, url: `${base}/profile`, init, ...ANSWER });
  if (answer.kind !== 'answer') return unreachable('SMSAPI');
  if (answer.status !== 200) return refused('SMSAPI', answer.status, 'SMSAPI_TOKEN');
  const isPrepaid = ownMember(answer.body, 'payment_type') !== 'postpaid';
  return judgeCredit('SMSAPI', ownMember(answer.body, 'points'), 'points', isPrepaid);
}

/** https://www.twilio.com/docs/usage/api/balance: a subaccount has none of its own. */
async function askTwilio(sid: string, token: string, env: NodeJS.ProcessEnv): Promise<Verdict> {
  const base = readVariable('TWILIO_API_BASE_URL', env) ?? 'https://api.twilio.com';
  const url = `${base}/2010-04-01/Accounts/${encodeURIComponent(sid)}/Balance.json`;
  const basic = Buffer.from(`${sid}:${token}`).toString('base64');
  const init = { headers: { authorization: `Basic ${basic}` } };
  const answer = await requestJson({ fetch, url, init, ...ANSWER });
  if (answer.kind !== 'answer') return unreachable('Twilio');
  if (answer.status === 404) return passed('Twilio accepts the token, and shows no balance');
  if (answer.status !== 200) {
    return refused('Twilio', answer.status, 'TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN');
  }
  const currency = String(ownMember(answer.body, 'currency') ?? '');
  return judgeCredit('Twilio', ownMember(answer.body, 'balance'), currency, true);
}

function judgeCredit(provider: string, amount: unknown, unit: string, isPrepaid: boolean): Verdict {
  const credit = Number(amount);
  if (amount === null || amount === undefined || Number.isNaN(credit)) {
    return passed(`${provider} accepts the token, and shows no credit`);
  }
  return isPrepaid && credit <= 0
    ? failed(`${provider} has no credit left (${credit} ${unit})`, `add credit at ${provider}`)
    : passed(`${provider}, ${credit} ${unit}`);
}

const unreachable = (provider: string): Verdict =>
  failed(`no answer from ${provider}`, `check the network, and the status page of ${provider}`);

const refused = (provider: string, status: number, names: string): Verdict =>
  status === 401 || status === 403
    ? failed(`${provider} refuses the credentials (${status})`, `correct ${names}`)
    : failed(`${provider} answers ${status}`, 'npm run doctor again in a few minutes');
