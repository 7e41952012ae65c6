import type pg from 'pg';
import type { AttemptLimiter } from './attempt-limiter.ts';

/** What the answers depend on. */
export interface AuthDeps {
  /** Runs work in one transaction, which is committed unless the work throws. */
  transaction<T>(work: (database: pg.ClientBase) => Promise<T>): Promise<T>;
  jwtSecret: string;
  /** The address of this service, which its tokens name. */
  issuer: string;
  limiter: AttemptLimiter;
  nowMs(): number;
}
