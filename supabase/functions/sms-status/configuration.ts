import { readSmsapiSecret } from '../_shared/callback-address.ts';
import {
  type Environment,
  readSupabaseProject,
  type SupabaseProject,
} from '../_shared/supabase-project.ts';
import { createVariables } from '../_shared/variables.ts';

/** What is needed to believe a gateway, or the variable that is missing or unusable. */
export type Gateway<Settings> = { ok: true; settings: Settings } | { ok: false; variable: string };

/** The secret end of the address SMSAPI reports to. */
export type SmsapiSettings = { secret: string };

/** What Twilio signs with, and the address it signs. */
export type TwilioSettings = { authToken: string; publicUrl: string };

/** Each part is judged when it is needed: who uses one gateway need not set up the other. */
export type Configuration = {
  project: SupabaseProject;
  smsapi: Gateway<SmsapiSettings>;
  twilio: Gateway<TwilioSettings>;
};

/** Reads the environment. */
export function readConfiguration(env: Environment): Configuration {
  return {
    project: readSupabaseProject(env),
    smsapi: readSmsapi(env),
    twilio: readTwilio(env),
  };
}

function readSmsapi(env: Environment): Gateway<SmsapiSettings> {
  const variables = createVariables(env);
  const settings = { secret: readSmsapiSecret(variables) };
  const variable = variables.wrong();
  return variable === null ? { ok: true, settings } : { ok: false, variable };
}

/** A function does not see its public address in its requests. */
function readTwilio(env: Environment): Gateway<TwilioSettings> {
  const variables = createVariables(env);
  const authToken = variables.text('TWILIO_AUTH_TOKEN');
  const publicUrl = variables.optionalUrl('SMS_CALLBACK_PUBLIC_URL') ?? '';
  if (publicUrl === '') variables.reject('SMS_CALLBACK_PUBLIC_URL');
  const variable = variables.wrong();
  return variable === null
    ? { ok: true, settings: { authToken, publicUrl } }
    : { ok: false, variable };
}
