import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { OpenAPIBackend } from 'openapi-backend';
import { projectRoot } from '../../../local/setup/paths.ts';

const DOCUMENT = join(projectRoot, 'tests', 'fixtures', 'calcom-api', 'booking-actions.json');

/** A request as it arrived. */
export type ArrivedRequest = {
  method: string;
  /** Below `/v2`, with its query. */
  path: string;
  headers: Record<string, string>;
  body: unknown;
};

/** What Cal.com's OpenAPI document says against a request; null if nothing. */
export type CheckRequest = (request: ArrivedRequest) => string | null;

let opening: Promise<CheckRequest> | null = null;

/** Opens the part of the document about what is done with bookings. */
export function openDocument(): Promise<CheckRequest> {
  opening ??= open();
  return opening;
}

async function open(): Promise<CheckRequest> {
  const document = new OpenAPIBackend({
    definition: JSON.parse(await readFile(DOCUMENT, 'utf8')),
    coerceTypes: true,
    ajvOpts: { strict: false },
  });
  await document.init();
  return ({ method, path, headers, body }) => {
    const [pathname = '', query = ''] = path.split('?');
    const request = { method, path: `/v2${pathname}`, query, headers, body };
    const operation = document.matchOperation(request);
    if (operation === undefined) return `${method} /v2${pathname} is not in the document`;
    const { valid, errors } = document.validateRequest(request, operation);
    return valid ? null : JSON.stringify(errors);
  };
}
