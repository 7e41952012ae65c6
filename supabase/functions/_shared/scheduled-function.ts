import { parseRecord, type UnknownRecord } from '../../../shared/json/records.ts';
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

/** What a function that the scheduler starts uses from outside. */
export type ScheduledDeps<Service> = {
  /** What runs need, or the variable that is missing. */
  service: Configured<Service>;
  /** Milliseconds since 1970. */
  now: () => number;
  log: (line: string) => void;
  /** Keeps the function alive until the work is done, though the answer is out. */
  waitUntil: (work: Promise<void>) => void;
  /** Starts another run with this command. Never throws. */
  startNext: (command: object) => Promise<void>;
};

/** How far runs go. */
export type RunLimits = {
  /** How long a run goes on taking work. */
  runBudgetMs: number;
  /** How much work it takes: the platform ends a request that computes for two seconds. */
  runLimit: number;
  concurrency: number;
};

/** Refuses the request, in the log and in the answer. */
export type Refuse<Code extends string> = (code: Code, cause?: string) => Response;

/** A run that is over: its line in the log, and what the next one is started with, if one is. */
export type FinishedRun = { line: string; next: object | null };

/** Why any function that the scheduler starts may refuse a request. */
export const SCHEDULED_ERRORS = {
  method_not_allowed: { ...COMMON_ERRORS.method_not_allowed, hint: 'Start runs with POST.' },
  server_misconfigured: {
    ...COMMON_ERRORS.server_misconfigured,
    hint: 'Set this variable of the function:',
  },
  payload_too_large: { ...COMMON_ERRORS.payload_too_large, hint: 'Send at most 4 KiB.' },
  internal_error: {
    ...COMMON_ERRORS.internal_error,
    hint: 'The log of this function has the request.',
  },
} as const;

type ScheduledCode = keyof typeof SCHEDULED_ERRORS | 'invalid_request';

/** A function that the scheduler starts. */
export type ScheduledFunction<Command, Service, Code extends string> = {
  errors: Readonly<Record<Code | ScheduledCode, ErrorText>>;
  /** Reads the members of a request's body, which may be empty; null when they are invalid. */
  parseCommand(members: UnknownRecord): Command | null;
  execute(
    command: Command,
    service: Service,
    deps: ScheduledDeps<Service>,
    refuse: Refuse<Code | ScheduledCode>,
  ): Promise<Response>;
};

const MAX_BODY_BYTES = 4096;

/** Answers a caller who has shown the key `cron`. Never throws. */
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
      if (!deps.service.ok) return refuse('server_misconfigured', deps.service.variable);

      const body = await readBody(request, MAX_BODY_BYTES);
      if (!body.ok) return refuse(body.code);
      const text = new TextDecoder().decode(body.bytes);
      const members = text.trim() === '' ? {} : parseRecord(text);
      const command = members === null ? null : parseCommand(members);
      if (command === null) return refuse('invalid_request');
      return await execute(command, deps.service.value, deps, refuse);
    } catch (error) {
      return refuse('internal_error', exceptionName(error));
    }
  };
}

/**
 * Starts a run that goes on after the answer, because pg_net makes every other request wait as long
 * as this one. What a run leaves at its limit is taken up by the next one.
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
