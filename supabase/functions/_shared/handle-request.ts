import { exceptionName, type Level, type LogFields, logLine } from './log.ts';
import { type Refusal, refusalLevel, refusalMessage, refuse } from './refusal.ts';

/** The dependencies of answering a request. */
export type RequestDeps = {
  /** Milliseconds since 1970. */
  now: () => number;
  log: (line: string) => void;
};

/** When a request finished and how long it took. */
export type RequestTiming = { requestId: string; finishedAtMs: number; durationMs: number };

/** Any outcome of a request. */
type AnyOutcome = { ok: true } | Refusal<string>;

/** How the log describes the outcomes of a function. */
export type RequestLog<Outcome extends AnyOutcome> = {
  /** What the messages are about: `webhook`. */
  subject: string;
  success(success: Extract<Outcome, { ok: true }>): {
    msg: string;
    level?: Level;
    code?: string | null;
  };
  /** The keys that only this function logs. */
  fields(outcome: Outcome): LogFields;
};

/** A function that answers requests. */
export type Endpoint<Outcome extends AnyOutcome> = {
  decide(request: Request): Promise<Outcome>;
  respond(outcome: Outcome, durationMs: number): Response;
  log: RequestLog<Outcome>;
};

/** Answers a request and logs one line about it. Never throws. */
export async function handleRequest<Outcome extends AnyOutcome>(
  request: Request,
  deps: RequestDeps,
  { decide, respond, log }: Endpoint<Outcome | Refusal<'internal_error'>>,
): Promise<Response> {
  const startedAtMs = deps.now();
  const requestId = crypto.randomUUID();
  const outcome = await decide(request).catch((error: unknown) =>
    refuse('internal_error', { cause: exceptionName(error) })
  );
  const finishedAtMs = deps.now();
  const durationMs = finishedAtMs - startedAtMs;
  deps.log(requestLine(log, outcome, { requestId, finishedAtMs, durationMs }));
  return respond(outcome, durationMs);
}

/** The JSON log line of a request. */
export function requestLine<Outcome extends AnyOutcome>(
  log: RequestLog<Outcome>,
  outcome: Outcome,
  { requestId, finishedAtMs, durationMs }: RequestTiming,
): string {
  const { level = 'info', msg, code = null } = outcome.ok
    ? log.success(outcome as Extract<Outcome, { ok: true }>)
    : {
      level: refusalLevel(outcome.code),
      msg: refusalMessage(log.subject, outcome.cause),
      code: outcome.code,
    };
  return logLine(finishedAtMs, level, msg, {
    request_id: requestId,
    ...log.fields(outcome),
    duration_ms: durationMs,
    code,
  });
}
