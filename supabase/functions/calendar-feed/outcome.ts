/** Why no calendar was given. */
export type Refusal = {
  ok: false;
  code:
    | 'not_found'
    | 'method_not_allowed'
    | 'server_misconfigured'
    | 'database_unavailable'
    | 'internal_error';
  /** A variable, a SQLSTATE or the class of an exception, for the log alone. */
  cause: string | null;
};

/** What became of a request. */
export type Outcome =
  | { ok: true; kind: 'calendar' | 'unchanged'; feed: WrittenFeed; withBody: boolean }
  | Refusal;

/** A calendar as it goes out. */
export type WrittenFeed = {
  salonId: string;
  visits: number;
  bytes: Uint8Array<ArrayBuffer>;
  etag: string;
};

/** A request that is not served. */
export function refuse(code: Refusal['code'], cause: string | null = null): Refusal {
  return { ok: false, code, cause };
}
