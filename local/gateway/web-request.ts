import type { IncomingMessage, ServerResponse } from 'node:http';

const MAX_BODY_BYTES = 64 * 1024;

/** Reads a Node request to its end as a standard one; null when its body is too large. */
export async function toWebRequest(incoming: IncomingMessage, url: URL): Promise<Request | null> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of incoming) {
    length += chunk.length;
    if (length <= MAX_BODY_BYTES) chunks.push(chunk);
  }
  if (length > MAX_BODY_BYTES) return null;
  const headers = new Headers();
  for (const [name, value] of Object.entries(incoming.headers)) {
    if (typeof value === 'string') headers.set(name, value);
  }
  const { method = 'GET' } = incoming;
  return new Request(url, {
    method,
    headers,
    ...(length > 0 ? { body: Buffer.concat(chunks) } : {}),
  });
}

/** Sends a standard response through a Node one, with more headers. */
export async function sendWebResponse(
  answer: Response,
  response: ServerResponse,
  headers: Record<string, string>,
): Promise<void> {
  response.writeHead(answer.status, { ...Object.fromEntries(answer.headers), ...headers });
  response.end(new Uint8Array(await answer.arrayBuffer()));
}
