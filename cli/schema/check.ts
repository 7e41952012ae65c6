import { withClient } from '../../local/postgres/client.ts';
import type { Check } from '../check/check.ts';
import type { ScratchDatabase } from '../project/scratch-database.ts';
import { type Catalog, differences, readCatalog, readCatalogItems } from './catalog.ts';
import { committedListing, listing } from './listing.ts';
import { withSchemaDatabase } from './schema-database.ts';

/** How many differing objects are named; the others are only counted. */
const MAX_NAMED = 20;

/** Checks that schema files, migrations and generated files agree. The database is migrated. */
export function schemaChecks(database: ScratchDatabase): Check[] {
  return [
    {
      name: 'migrations and supabase/schemas give the same catalog',
      problem: () => migrationsDrift(database),
    },
    {
      name: 'supabase/catalog.txt is up to date with supabase/schemas',
      problem: () => listingDrift(database),
    },
  ];
}

async function migrationsDrift(database: ScratchDatabase): Promise<string | null> {
  const migrated = await withClient(database.url, readCatalog);
  const wanted = await withSchemaDatabase(database, readCatalog);
  const differing = differences(migrated, wanted);
  if (differing.length === 0) return null;
  return [
    ...differing.slice(0, MAX_NAMED).map((name) => describe(name, migrated, wanted)),
    ...(differing.length > MAX_NAMED ? [`and ${differing.length - MAX_NAMED} more`] : []),
    'Run npm run schema -- --migration <what it does>, or change the schema file too.',
  ].join('\n');
}

function describe(name: string, migrated: Catalog, wanted: Catalog): string {
  if (!(name in migrated)) return `missing from the migrations: ${name}`;
  return name in wanted ? `differs: ${name}` : `missing from supabase/schemas: ${name}`;
}

async function listingDrift(database: ScratchDatabase): Promise<string | null> {
  const items = await withSchemaDatabase(database, readCatalogItems);
  if (await committedListing() === listing(items)) return null;
  return 'Run npm run schema: supabase/catalog.txt would change.';
}
