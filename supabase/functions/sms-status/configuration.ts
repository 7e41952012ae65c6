import { readCallbackUrl, readSmsapiSecret } from '../_shared/sms-callback.ts';
import { readSupabaseProject, type SupabaseProject } from '../_shared/supabase-project.ts';
import { type Configured, createVariables, type Environment } from '../_shared/variables.ts';

/** The secret end of the address SMSAPI reports to. */
export type SmsapiSettings = { secret: string };

/** What Twilio signs with, and the address it signs. */
export type TwilioSettings = { authToken: string; publicUrl: string };

/** Each part is checked when it is needed: an operator sets up only the provider in use. */
export type Configuration = {
  project: Configured<SupabaseProject>;
  smsapi: Configured<SmsapiSettings>;
  twilio: Configured<TwilioSettings>;
};

/** Reads the environment. */
export function readConfiguration(env: Environment): Configuration {
  return {
    project: readSupabaseProject(env),
    smsapi: readSmsapi(env),
    twilio: readTwilio(env),
  };
}

function readSmsapi(env: Environment): Configured<SmsapiSettings> {
  const variables = createVariables(env);
  return variables.judge({ secret: readSmsapiSecret(variables) });
}

/** A function does not see its public address in its requests. */
function readTwilio(env: Environment): Configured<TwilioSettings> {
  const variables = createVariables(env);
  const authToken = variables.text('TWILIO_AUTH_TOKEN');
  const publicUrl = readCallbackUrl(variables) ?? '';
  if (publicUrl === '') variables.reject('SMS_CALLBACK_PUBLIC_URL');
  return variables.judge({ authToken, publicUrl });
}
