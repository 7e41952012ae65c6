import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { OpenAPIBackend } from 'openapi-backend';
import { projectRoot } from '../../../local/setup/paths.ts';

const DOCUMENT = join(projectRoot, 'tests', 'fixtures', 'supabase-api', 'openapi.json');

/** Only these tell alternatives apart. */
const FORMATS = {
  'uuid': /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
  'binary': true,
  'date-time': true,
  'email': true,
  'int64': true,
  'uri': true,
} as const;

/** The schema of one member of a JSON object, as far as it is read here. */
type MemberSchema = { type?: string; nullable?: boolean; enum?: string[] };

/** The official OpenAPI document as a validator of requests and answers. */
export async function openDocument(): Promise<OpenAPIBackend> {
  const document = new OpenAPIBackend({
    definition: JSON.parse(await readFile(DOCUMENT, 'utf8')),
    apiRoot: '/',
    coerceTypes: true,
    ajvOpts: { strict: false, formats: FORMATS },
  });
  await document.init();
  return document;
}

/** The Auth configuration of a new project, with every member that the document requires. */
export async function newAuthConfig(): Promise<Record<string, unknown>> {
  const { components } = JSON.parse(await readFile(DOCUMENT, 'utf8'));
  const members: Record<string, MemberSchema> = components.schemas.AuthConfigResponse.properties;
  const empty = Object.entries(members).map(([name, schema]) => [name, emptyValue(schema)]);
  return {
    ...Object.fromEntries(empty),
    disable_signup: false,
    mailer_autoconfirm: false,
    site_url: 'http://localhost:3000',
  };
}

const EMPTY: Readonly<Record<string, unknown>> = {
  boolean: false,
  integer: 0,
  number: 0,
  array: [],
};

function emptyValue({ type, nullable, enum: choices }: MemberSchema): unknown {
  if (choices !== undefined) return choices[0];
  return nullable ? null : EMPTY[type ?? ''] ?? '';
}
