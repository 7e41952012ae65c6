import { expect, it } from 'vitest';
import { migrationSql } from '../../../../cli/schema/migration-sql.ts';

it('every statement ends with one semicolon, in lower case', () => {
  expect(migrationSql(['DROP VIEW "public"."appointments";', 'DROP VIEW "public"."my_salons"']))
    .toEqual(['drop view "public"."appointments";', 'drop view "public"."my_salons";']);
});

it('a function for sms_worker changes hands without what older projects grant on it', () => {
  expect(migrationSql(['ALTER FUNCTION "public"."sms_claim"(uuid) OWNER TO "sms_worker"'])).toEqual(
    [
      'revoke all on function "public"."sms_claim"(uuid) from public, anon, authenticated;',
      `select private.assign_to_sms_worker('"public"."sms_claim"(uuid)');`,
    ],
  );
});

it('a column, a constraint and a type may be there after an uninstallation', () => {
  const [column, drop, add, type] = migrationSql([
    'ALTER TABLE "public"."clients" ADD COLUMN "note" text',
    'ALTER TABLE "public"."clients" ADD CONSTRAINT "has_note" CHECK (note IS NOT NULL)',
    `CREATE TYPE "public"."mood" AS ENUM ('glad')`,
  ]);
  expect(column).toContain('add column if not exists "note" text');
  expect(drop).toMatch(/drop constraint if exists "has_note";$/);
  expect(add).toContain('add constraint "has_note"');
  expect(type).toMatch(/^do \$\$ begin if to_regtype\('"public"."mood"'\) is null then /);
});
