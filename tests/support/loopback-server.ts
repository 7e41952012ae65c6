import { createServer, type RequestListener } from 'node:http';
import { LOOPBACK } from '../../local/setup/ports.ts';

/** An HTTP server of this process. */
export interface LoopbackServer {
  /** Without a slash at the end. */
  url: string;
  /** Breaks off whatever is still being answered. */
  stop(): Promise<void>;
}

/** Listens on a port, by default on a free one. */
export async function startLoopbackServer(
  handle: RequestListener,
  port = 0,
): Promise<LoopbackServer> {
  const server = createServer(handle);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host: LOOPBACK, port }, resolve);
  });
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('not listening');
  return {
    url: `http://${LOOPBACK}:${address.port}`,
    stop: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
}
