import { expect, test } from 'vitest';
import { callManagement } from '../../../cli/target/management-request.ts';
import { startLoopbackServer } from '../../support/loopback-server.ts';

test.each([
  ['a login page', (end: (text: string) => void) => end('<html>Sign in</html>')],
  ['half an answer', (_: unknown, cut: () => void) => cut()],
])('%s is no answer', async (_, reply) => {
  const server = await startLoopbackServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'text/html' });
    reply((text) => response.end(text), () => {
      response.write('[');
      setTimeout(() => response.destroy(), 20);
    });
  });
  await expect(
    callManagement({ managementUrl: server.url, token: 't' }, { method: 'GET', path: '/projects' }),
  ).rejects.toThrow(
    `no answer from ${server.url}: check the network, and https://status.supabase.com`,
  );
  await server.stop();
});
