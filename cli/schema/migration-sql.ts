import { formatSqlStatements } from '@supabase/pg-delta/sql-format';

const BARKBOOK_TABLES =
  /^"public"\."(salons|clients|pets|client_pets|calendar_events|webhook_logs)"$/;

const STYLE = { keywordCase: 'lower', indent: 2, maxWidth: 100 } as const;

/** The statements that pg-delta plans, as a migration of this project needs them. */
export function migrationSql(statements: readonly string[]): string[] {
  return formatSqlStatements(statements.flatMap(assignToSmsWorker).flatMap(addIfMissing), STYLE)
    .map((sql) => `${sql.trimEnd().replace(/;$/, '')};`);
}

/**
 * A new owner needs the right to create in the schema, which sms_worker has only for the moment. What
 * older projects grant on the function of postgres stays when it changes hands.
 */
function assignToSmsWorker(sql: string): string[] {
  const [, worker] = /^ALTER FUNCTION (.+) OWNER TO "sms_worker"/s.exec(sql) ?? [];
  return worker === undefined ? [sql] : [
    `revoke all on function ${worker} from public, anon, authenticated`,
    `select private.assign_to_sms_worker('${worker}')`,
  ];
}

/**
 * BarkBook's tables keep our columns and constraints, and the types of these, when
 * `npm run uninstall` takes the rest away.
 */
function addIfMissing(sql: string): string[] {
  const [, type] = /^CREATE TYPE (\S+) AS ENUM /.exec(sql) ?? [];
  if (type !== undefined) {
    return [`do $$ begin if to_regtype('${type}') is null then ${sql}; end if; end $$`];
  }
  const [, table, constraint] = /^ALTER TABLE (\S+) ADD CONSTRAINT (\S+) /.exec(sql) ?? [];
  if (table !== undefined && BARKBOOK_TABLES.test(table)) {
    return [`ALTER TABLE ${table} DROP CONSTRAINT IF EXISTS ${constraint}`, sql];
  }
  return [sql.replace(/^(ALTER TABLE \S+ ADD COLUMN) (?!IF )/, '$1 IF NOT EXISTS ')];
}
