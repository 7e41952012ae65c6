import { type Catalog, readCatalog as readCatalogOn } from '../../../cli/schema/catalog.ts';
import { withClient } from '../../../local/postgres/client.ts';
import type { TestDatabase } from '../../support/database.ts';

/** The catalog of our objects in a test database. */
export async function readCatalog(database: TestDatabase): Promise<Catalog> {
  return await withClient(database.url, readCatalogOn);
}
