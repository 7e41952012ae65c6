import pg from 'pg';
import { SetupProblem } from '../../local/setup/setup-problem.ts';
import type { ManagementApi } from './management-api.ts';
import { ManagementProblem } from './management-request.ts';

/** The database as role postgres. */
export type AdminDatabase = {
  /**
   * Runs SQL and returns the rows of its last statement; throws a DatabaseProblem. Both ways of
   * reaching a database give numbers, booleans, texts and JSON as such, and times as text.
   *
   * @param parameters Values of $1 and so on, which only a single statement can have.
   */
  rows<Row>(sql: string, parameters?: readonly unknown[]): Promise<Row[]>;
};

/** SQL that failed, or a database that cannot be reached. */
export class DatabaseProblem extends SetupProblem {
  /** The SQLSTATE; null when no statement was run. */
  readonly code: string | null;

  constructor(message: string, code: string | null) {
    super(message);
    this.code = code;
  }
}

const CONNECTION_TIMEOUT_MS = 10_000;

/** What the Management API answers to SQL that fails: `… ERROR:  42P01: relation …`. */
const SQL_ERROR = /ERROR: +([0-9A-Z]{5}): ([^\n]*)/;

/** The database of a hosted project, through its Management API. */
export function managedDatabase(management: Pick<ManagementApi, 'query'>): AdminDatabase {
  return {
    async rows<Row>(sql: string, parameters: readonly unknown[] = []) {
      try {
        return await management.query(sql, parameters) as Row[];
      } catch (failure) {
        if (!(failure instanceof ManagementProblem)) throw failure;
        const [, code, message] = SQL_ERROR.exec(failure.detail) ?? [];
        if (!code) throw failure;
        throw new DatabaseProblem(`the database refuses: ${message} (${code})`, code);
      }
    },
  };
}

/** A database at an address. A password that the address lacks is taken from PGPASSWORD. */
export function directDatabase(url: string): AdminDatabase {
  return {
    async rows<Row>(sql: string, parameters: readonly unknown[] = []) {
      const client = new pg.Client({
        connectionString: url,
        connectionTimeoutMillis: CONNECTION_TIMEOUT_MS,
        types: { getTypeParser },
      });
      try {
        await client.connect();
        const answer: pg.QueryResult | pg.QueryResult[] = parameters.length === 0
          ? await client.query(sql)
          : await client.query(sql, [...parameters]);
        const rows: Row[] | undefined = (Array.isArray(answer) ? answer.at(-1) : answer)?.rows;
        return rows ?? [];
      } catch (failure) {
        throw asProblem(failure);
      } finally {
        await client.end().catch(() => {});
      }
    },
  };
}

const { builtins } = pg.types;
const TIMES: readonly number[] = [
  ...[builtins.DATE, builtins.TIME, builtins.TIMETZ],
  ...[builtins.TIMESTAMP, builtins.TIMESTAMPTZ, builtins.INTERVAL],
];

/** Reads values as the Management API does. */
function getTypeParser(type: number, format?: 'text' | 'binary'): (value: string) => unknown {
  if (TIMES.includes(type)) return (text) => text;
  if (type === builtins.INT8) return (text) => Number(text);
  return pg.types.getTypeParser(type, format ?? 'text');
}

function asProblem(failure: unknown): unknown {
  if (failure instanceof pg.DatabaseError) {
    const { code = null, message } = failure;
    return new DatabaseProblem(`the database refuses: ${message} (${code})`, code);
  }
  if (!(failure instanceof Error)) return failure;
  return new DatabaseProblem(
    `the database cannot be reached: ${failure.message}; check its address, and PGPASSWORD`,
    null,
  );
}
