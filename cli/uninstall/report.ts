import { counted } from '../command/counted.ts';
import type { Target } from '../target/target.ts';
import type { Options } from './options.ts';
import type { Plan } from './plan.ts';

const listed = (items: readonly string[]) => items.length === 0 ? 'none' : items.join(', ');
const usernames = (salons: readonly { username: string }[]) =>
  listed(salons.map(({ username }) => username));

/** What will be taken away, and what stays. */
export function describePlan(
  { name, kind }: Target,
  plan: Plan,
  { deleteTables }: Pick<Options, 'deleteTables'>,
): string {
  const { ours, kept } = plan.tables;
  const hosted = kind === 'hosted';
  const filled = ours.filter(({ rows }) => rows > 0);
  const tables = filled.map(({ name, rows }) => `${name} (${counted(rows, 'row')})`);
  if (filled.length < ours.length) tables.push(`${ours.length - filled.length} empty ones`);
  return [
    `From ${name} this takes away:`,
    `  jobs              ${listed(plan.jobs)}`,
    `  webhooks          at Cal.com, of ${usernames(plan.salons)}`,
    hosted
      ? [
        `  functions         ${listed(plan.functions)}`,
        `  function secrets  ${listed(plan.secrets)}`,
      ]
      : [],
    `  Vault entries     ${plan.vaultEntries.length}, with the salons' keys and secrets`,
    deleteTables
      ? [
        `  tables            ${listed(tables)}`,
        '                    with all rows, and our views, functions and types',
      ]
      : [],
    'It leaves:',
    hosted ? [] : '  the functions, and their variables: delete their folders yourself',
    plan.salonsWithoutKey.length > 0
      ? `  the webhooks of ${usernames(plan.salonsWithoutKey)}, who have no API key here: delete ` +
        'them in Cal.com'
      : [],
    deleteTables ? [] : '  all tables: pass --delete-tables to delete ours',
    kept.length > 0
      ? `  ${
        listed(kept)
      }: an app's migrations may have made them, so they keep every row and column`
      : [],
    '  extensions, users, storage and whatever else is in the project',
  ].flat().join('\n');
}
