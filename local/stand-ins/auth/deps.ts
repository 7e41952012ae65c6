import type pg from 'pg';
import type { AttemptLimiter } from './attempt-limiter.ts';

/** The dependencies of the stand-in. */
export interface AuthDeps {
  /** Runs work in a transaction, which is committed unless the work throws. */
  transaction<T>(work: (database: pg.ClientBase) => Promise<T>): Promise<T>;
  jwtSecret: string;
  /** The address of this service, the issuer of its tokens. */
  issuer: string;
  limiter: AttemptLimiter;
  nowMs(): number;
}
