import { parseRecord, type UnknownRecord } from '../../../shared/json/records.ts';
import { type Authorize, WORKER_SECRET_HEADER } from './authorize.ts';
import { exceptionName, logLine } from './log.ts';
import {
  COMMON_ERRORS,
  type ErrorText,
  refusalLevel,
  refusalMessage,
  respondRefused,
} from './refusal.ts';
import { readBody } from './read-body.ts';
import type { Configured } from './variables.ts';

/** The dependencies of a scheduled function. */
export type ScheduledDeps<Service> = {
  authorize: Authorize;
  /** What runs need, or the missing variable. */
  service: Configured<Service>;
  /** Milliseconds since 1970. */
  now: () => number;
  log: (line: string) => void;
  /** Keeps the function alive until the work is done, even after the answer. */
  waitUntil: (work: Promise<void>) => void;
  /** Starts another run with this command. Never throws. */
  startNext: (command: object) => Promise<void>;
};

/** The limits of a run. */
export type RunLimits = {
  /** For how long a run takes new work. */
  runBudgetMs: number;
  /** How much work a run takes: the platform ends a request after two seconds of CPU time. */
  runLimit: number;
  concurrency: number;
};

/** Refuses the request and logs why. */
export type Refuse<Code extends string> = (code: Code, cause?: string) => Response;

/** A finished run: its log line, and the command of the next run if there is one. */
export type FinishedRun = { line: string; next: object | null };

/** The errors that scheduled functions have in common. */
export const SCHEDULED_ERRORS = {
  unauthorized: {
    status: 401,
    error: 'Unauthorized',
    hint:
      `Send a secret API key in apikey. Without a body, the worker secret in ${WORKER_SECRET_HEADER} will do.`,
  },
  method_not_allowed: { ...COMMON_ERRORS.method_not_allowed, hint: 'Use POST.' },
  server_misconfigured: {
    ...COMMON_ERRORS.server_misconfigured,
    hint: 'Set this variable of the function:',
  },
  payload_too_large: { ...COMMON_ERRORS.payload_too_large, hint: 'Send at most 4 KiB.' },
  request_timeout: {
    ...COMMON_ERRORS.request_timeout,
    hint: 'Send the whole body within ten seconds.',
  },
  internal_error: {
    ...COMMON_ERRORS.internal_error,
    hint: 'See the log of this function.',
  },
} as const;

type ScheduledCode =
  | keyof typeof SCHEDULED_ERRORS
  | 'invalid_request'
  | 'database_unavailable';

/** A function that the scheduler calls. */
export type ScheduledFunction<Command, Service, Code extends string> = {
  errors: Readonly<Record<Code | ScheduledCode, ErrorText>>;
  /** Reads the command from the body, which may be empty; null if it is invalid. */
  parseCommand(members: UnknownRecord): Command | null;
  execute(
    command: Command,
    service: Service,
    deps: ScheduledDeps<Service>,
    refuse: Refuse<Code | ScheduledCode>,
  ): Promise<Response>;
};

const MAX_BODY_BYTES = 4096;

/** Answers an authorized caller. Never throws. */
export function scheduledHandler<Command, Service, Code extends string>(
  { errors, parseCommand, execute }: ScheduledFunction<Command, Service, Code>,
): (request: Request, deps: ScheduledDeps<Service>) => Promise<Response> {
  return async (request, deps) => {
    const refuse: Refuse<Code | ScheduledCode> = (code, cause) => {
      deps.log(logLine(deps.now(), refusalLevel(code), refusalMessage('run', cause), { code }));
      return answerRefusal(code, errors[code], cause);
    };
    try {
      if (request.method !== 'POST') return refuse('method_not_allowed');
      const authorization = await deps.authorize(request.headers);
      if (!authorization.ok) return refuse(authorization.code, authorization.cause);
      if (!deps.service.ok) return refuse('server_misconfigured', deps.service.variable);

      const body = await readBody(request, MAX_BODY_BYTES);
      if (!body.ok) return refuse(body.code);
      const text = new TextDecoder().decode(body.bytes);
      const members = text.trim() === '' ? {} : parseRecord(text);
      if (members === null) return refuse('invalid_request');
      const isOrdinary = Object.keys(members).length === 0;
      if (authorization.caller === 'job' && !isOrdinary) return refuse('unauthorized');
      const command = parseCommand(members);
      if (command === null) return refuse('invalid_request');
      return await execute(command, deps.service.value, deps, refuse);
    } catch (error) {
      return refuse('internal_error', exceptionName(error));
    }
  };
}

/**
 * Starts a run that continues after the answer, because pg_net delays all other requests until this
 * one is answered. Work that is left when the run reaches its limit is done by the next run.
 */
export function runInBackground(
  { log, waitUntil, startNext }: ScheduledDeps<unknown>,
  run: () => Promise<FinishedRun>,
): void {
  const work = async () => {
    const { line, next } = await run();
    log(line);
    if (next !== null) await startNext(next);
  };
  waitUntil(work());
}

function answerRefusal(code: string, { status, error, hint }: ErrorText, cause?: string): Response {
  const variable = code === 'server_misconfigured' && cause !== undefined ? ` ${cause}` : '';
  const body = { ok: false, code, error, hint: hint + variable };
  return respondRefused({ status, body, allow: 'POST' });
}
