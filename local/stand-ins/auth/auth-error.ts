/** The codes of Supabase Auth that this stand-in uses. */
export type AuthErrorCode =
  | 'bad_json'
  | 'bad_jwt'
  | 'email_exists'
  | 'email_not_confirmed'
  | 'invalid_credentials'
  | 'no_authorization'
  | 'not_admin'
  | 'over_request_rate_limit'
  | 'refresh_token_already_used'
  | 'refresh_token_not_found'
  | 'same_password'
  | 'session_not_found'
  | 'unexpected_failure'
  | 'user_banned'
  | 'validation_failed'
  | 'weak_password';

/** A refusal as Supabase Auth words it. */
export type AuthRefusal = { status: number; code: AuthErrorCode; message: string };

/** A value, or why there is none. */
export type AuthResult<Value> = { ok: true; value: Value } | { ok: false; refusal: AuthRefusal };

/** Makes a refusal to return. */
export function refused(
  status: number,
  code: AuthErrorCode,
  message: string,
): { ok: false; refusal: AuthRefusal } {
  return { ok: false, refusal: { status, code, message } };
}

const VERSION_HEADER = 'x-supabase-api-version';
/** From this version on, `code` is the error code instead of the status. */
const ERROR_CODES_SINCE = '2024-01-01';

/** Answers with a refusal in the form of the caller's API version. */
export function refusalResponse(refusal: AuthRefusal, request: Request): Response {
  const { status, code, message } = refusal;
  const hasErrorCodes = (request.headers.get(VERSION_HEADER) ?? '') >= ERROR_CODES_SINCE;
  return Response.json(
    hasErrorCodes ? { code, message } : { code: status, error_code: code, msg: message },
    {
      status,
      headers: {
        'x-sb-error-code': code,
        ...(hasErrorCodes ? { [VERSION_HEADER]: ERROR_CODES_SINCE } : {}),
      },
    },
  );
}
