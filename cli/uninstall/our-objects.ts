import { committedListing } from '../schema/listing.ts';

/** What the migrations of this checkout make in the schemas `public` and `private`. */
export type OurObjects = {
  tables: string[];
  views: string[];
  /** With their arguments. */
  functions: string[];
  /** Composite types, of which some contain rows of the tables. */
  composites: string[];
  /** Enum types, which columns of the tables have. */
  enums: string[];
  /** The policies of a table. */
  policies: { table: string; name: string }[];
};

/** Tables that BarkBook's own migrations make too; ours complete them if they exist. */
export const SHARED_TABLES: readonly string[] = [
  'public.salons',
  'public.clients',
  'public.pets',
  'public.client_pets',
  'public.calendar_events',
  'public.webhook_logs',
];

/** What BarkBook had written before a migration of ours corrected it. */
export const KEPT_VALUES = 'private.barkbook_values';

/** Reads them from the committed listing of the schema. */
export async function readOurObjects(): Promise<OurObjects> {
  const blocks = (await committedListing()).split('\n\n');
  const named = (pattern: RegExp) => blocks.flatMap((block) => pattern.exec(block)?.[1] ?? []);
  return {
    tables: named(/^table (\S+):/),
    views: named(/^view (\S+):/),
    functions: named(/^function (\S+\(.*?\)): returns /).map(withoutDefaults),
    composites: named(/^composite type (\S+):/),
    enums: named(/^type (\S+):/),
    policies: blocks.flatMap((block) => {
      const table = /^table (\S+):/.exec(block)?.[1];
      if (table === undefined) return [];
      return [...block.matchAll(/^ {2}policy (".*?"|\S+): /gm)].map(([, name]) => ({
        table,
        name: name ?? '',
      }));
    }),
  };
}

/** `drop function` takes the arguments without their defaults. */
function withoutDefaults(signature: string): string {
  return signature.replace(/ DEFAULT [^,()]*(\(\))?/g, '');
}
