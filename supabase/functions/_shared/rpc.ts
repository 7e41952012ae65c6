import type { Database } from '../../../shared/database.types.ts';
import { ONE_REQUEST } from '../../../shared/http/one-request.ts';

type Functions = Database['public']['Functions'];

/** The answer of the database, or its error code (a SQLSTATE or a code of PostgREST). */
export type DatabaseResult<Value> = { ok: true; value: Value } | { ok: false; code: string };

/** Columns of functions that may be null, which the generated types do not say. */
type NullableColumns = {
  booking_contact: 'cal_com_username' | 'phone' | 'email';
  calcom_sync_claim: 'created_cursor' | 'updated_cursor' | 'scan_after' | 'scan_total';
  health_report:
    | 'last_delivery_at'
    | 'oldest_unapplied_at'
    | 'oldest_overdue_retry_at'
    | 'oldest_overdue_reminder_at'
    | 'scheduler_ran_at'
    | 'oldest_passed_over_at'
    | 'reminders_unwoken_since'
    | 'sync_unwoken_since';
  sms_claim:
    | 'salon_address'
    | 'salon_phone'
    | 'client_name'
    | 'phone'
    | 'sender'
    | 'sent_to'
    | 'sent_body'
    | 'sent_since';
  client_link_respond: 'salon_id' | 'host' | 'cal_com_event_id';
  sms_plan: 'next_after';
  sms_preview:
    | 'salon_address'
    | 'salon_phone'
    | 'client_name'
    | 'phone'
    | 'timezone'
    | 'skip_reason';
  start_salon_action: 'event_id' | 'client_id' | 'error_code' | 'is_shown';
  upsert_calendar_event: 'event_id' | 'reason';
  upsert_salon_delivery: 'event_id' | 'log_id' | 'reason';
};

/** Functions that return a single value, which may be null. */
type NullableFunctions = 'calcom_api_key' | 'client_link_show' | 'worker_secret_hash';

/** The name of a database function. */
export type FunctionName = keyof Functions;

/** A row that a database function returns. */
export type FunctionRow<Name extends FunctionName> = Functions[Name]['Returns'] extends
  (infer Row)[] ? {
    [Column in keyof Row]: Name extends keyof NullableColumns
      ? Column extends NullableColumns[Name] ? Row[Column] | null : Row[Column]
      : Row[Column];
  }
  : never;

/** What a database function returns. */
export type FunctionResult<Name extends FunctionName> = Functions[Name]['Returns'] extends object[]
  ? FunctionRow<Name>[]
  : Functions[Name]['Returns'] | (Name extends NullableFunctions ? null : never);

/** The arguments of a database function; null leaves out one that has a default. */
export type FunctionArguments<Name extends FunctionName> = {
  [Key in keyof Functions[Name]['Args']]: undefined extends Functions[Name]['Args'][Key]
    ? Functions[Name]['Args'][Key] | null
    : NonNullable<Functions[Name]['Args'][Key]>;
};

type Answer<Value> =
  | { data: Value; error: null }
  | { data: null; error: { code: string } };

type Call = {
  setHeader(name: string, value: string): Call;
  abortSignal(signal: AbortSignal): PromiseLike<Answer<unknown>>;
};

/** A client of postgrest-js or of supabase-js. */
export type DataApiClient = { rpc(name: FunctionName, args: object): Call };

/** The same client, with calls that the runtime never repeats by itself. */
export function callingOnce(client: DataApiClient): DataApiClient {
  const { name: header, value } = ONE_REQUEST;
  return { rpc: (name, args) => client.rpc(name, args).setHeader(header, value) };
}

/** Awaits a call of the Data API. Never throws. */
export async function databaseResult<Value>(
  call: PromiseLike<Answer<Value>>,
): Promise<DatabaseResult<Value>> {
  const { data, error } = await call;
  return error === null
    ? { ok: true, value: data }
    : { ok: false, code: error.code || 'unreachable' };
}

/** Calls a database function; the result has the type that the database declares. */
export async function callFunction<Name extends FunctionName>(
  client: DataApiClient,
  name: Name,
  args: FunctionArguments<Name>,
  timeoutMs: number,
): Promise<DatabaseResult<FunctionResult<Name>>> {
  const given = Object.entries(args).filter(([, value]) => value !== null);
  const call = client.rpc(name, Object.fromEntries(given));
  // The timer of AbortSignal.timeout would go on, and keep the signal, after the answer.
  const timeout = new AbortController();
  const timer = setTimeout(() => timeout.abort(), timeoutMs);
  try {
    return await databaseResult(
      call.abortSignal(timeout.signal) as PromiseLike<Answer<FunctionResult<Name>>>,
    );
  } finally {
    clearTimeout(timer);
  }
}

/** Calls a database function that always returns exactly one row. */
export async function callForRow<Name extends FunctionName>(
  client: DataApiClient,
  name: Name,
  args: FunctionArguments<Name>,
  timeoutMs: number,
): Promise<DatabaseResult<FunctionRow<Name>>> {
  const result = await callFunction(client, name, args, timeoutMs);
  if (!result.ok) return result;
  const [row] = result.value as FunctionRow<Name>[];
  return row === undefined ? { ok: false, code: 'no_row' } : { ok: true, value: row };
}
