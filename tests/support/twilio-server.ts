import { createEmulator } from 'emulate';
import { LOOPBACK } from '../../local/setup/ports.ts';

/** A message as Twilio's list shows it. */
export type TwilioMessage = {
  sid: string;
  direction: string;
  to: string;
  from: string;
  body: string;
  status: string;
};

/** The emulator of Twilio by vercel-labs, npm `emulate`, in this process. */
export interface TwilioServer {
  /** TWILIO_API_BASE_URL */
  url: string;
  accountSid: string;
  authToken: string;
  /** The only sender it accepts. */
  from: string;
  /** What was sent through it, the newest first. */
  messages(): Promise<TwilioMessage[]>;
  /** Changes the status of a message and calls back with it, signed. */
  simulateStatus(sid: string, status: string): Promise<void>;
  /** A person's answer, posted to `inboundUrl`, signed. */
  simulateInbound(from: string, body: string): Promise<void>;
  /** Forgets what was sent. */
  forget(): void;
  stop(): Promise<void>;
}

const ACCOUNT = {
  sid: 'ACb4bb00c0b4bb00c0b4bb00c0b4bb00c0',
  auth_token: 'twilio-emulator-token',
};
const FROM = '+48799000111';

/** Starts it on a free port. `inboundUrl` is where it posts what people answer. */
export async function startTwilioServer(inboundUrl?: string): Promise<TwilioServer> {
  const phoneNumber = { phone_number: FROM, ...(inboundUrl ? { sms_url: inboundUrl } : {}) };
  const emulator = await createEmulator({
    service: 'twilio',
    hostname: LOOPBACK,
    port: 0,
    seed: { twilio: { account: ACCOUNT, phone_numbers: [phoneNumber] } },
  });
  const url = `http://${LOOPBACK}:${new URL(emulator.url).port}`;
  const authorization = `Basic ${btoa(`${ACCOUNT.sid}:${ACCOUNT.auth_token}`)}`;

  async function ask(path: string, form?: Record<string, string>): Promise<unknown> {
    const init = form ? { method: 'POST', body: new URLSearchParams(form) } : {};
    const response = await fetch(url + path, { ...init, headers: { authorization } });
    const body = await response.json();
    if (!response.ok) throw new Error(`emulator: ${JSON.stringify(body)}`);
    return body;
  }

  return {
    url,
    accountSid: ACCOUNT.sid,
    authToken: ACCOUNT.auth_token,
    from: FROM,
    messages: async () => {
      const list = `/2010-04-01/Accounts/${ACCOUNT.sid}/Messages.json?PageSize=1000`;
      const { messages } = await ask(list) as { messages: TwilioMessage[] };
      return messages.filter(({ direction }) => direction === 'outbound-api');
    },
    simulateStatus: async (sid, status) => {
      await ask('/_twilio/simulate/message-status', { MessageSid: sid, Status: status });
    },
    simulateInbound: async (from, body) => {
      await ask('/_twilio/simulate/inbound-message', { To: FROM, From: from, Body: body });
    },
    forget: emulator.reset,
    stop: emulator.close,
  };
}
