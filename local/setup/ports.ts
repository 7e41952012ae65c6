import { connect, createServer, type Server } from 'node:net';
import { SetupProblem } from './setup-problem.ts';

/** Everything listens here: a stack with known passwords must not be reachable from outside. */
export const LOOPBACK = '127.0.0.1';

/** The ports of `supabase start`; one that is taken is replaced. */
export const DEFAULT_PORTS = { api: 54_321, database: 54_322, dashboard: 54_323 } as const;

const HIGHEST_PORT = 65_535;

/** Whether something on this machine accepts connections at a port. */
export function isListening(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: LOOPBACK, port });
    socket.once('error', () => resolve(false));
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
  });
}

/**
 * Binds a port for a moment and returns its number, or null if it is taken. As for the servers
 * themselves, what is left in TIME-WAIT of a server that stopped does not count as taken: Node sets
 * SO_REUSEADDR.
 */
function tryPort(port: number): Promise<number | null> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', (failure: NodeJS.ErrnoException) => {
      // Anything else, such as a port that needs root, is not about who has the port.
      if (failure.code === 'EADDRINUSE') resolve(null);
      else reject(failure);
    });
    server.listen({ host: LOOPBACK, port, exclusive: true }, () => {
      const address = server.address();
      const bound = typeof address === 'object' && address !== null ? address.port : null;
      server.close(() => resolve(bound));
    });
  });
}

/** A free port. Another process may take it before its use, so callers retry. */
export async function freePort(): Promise<number> {
  const port = await tryPort(0);
  if (port === null) throw new SetupProblem(`no free port on ${LOOPBACK}`);
  return port;
}

/** The first free port from `preferred` upwards. */
export async function firstFreePort(preferred: number): Promise<number> {
  for (let port = preferred; port <= HIGHEST_PORT; port++) {
    if (await tryPort(port) !== null) return port;
  }
  throw new SetupProblem(`no free port from ${preferred} upwards`);
}

/** Returns the requested port; throws a SetupProblem if it is in use. */
export async function requirePort(port: number): Promise<number> {
  if (await tryPort(port) !== null) return port;
  throw new SetupProblem(
    await isListening(port)
      ? `port ${port} is in use: stop what listens there or choose another`
      : `port ${port} is held by a connection of another program, at most a minute after its end: ` +
        'try again or choose another',
  );
}

/** Lets a server listen on the first free port from `preferred` upwards, and returns the port. */
export async function listenNear(server: Server, preferred: number): Promise<number> {
  for (let port = preferred; port <= HIGHEST_PORT; port++) {
    // Only listening is a safe test: another process may take a port that was free a moment ago.
    const listens = await new Promise<boolean>((resolve) => {
      server.once('error', () => resolve(false));
      server.listen({ host: LOOPBACK, port, exclusive: true }, () => resolve(true));
    });
    if (listens) return port;
  }
  throw new SetupProblem(`no free port from ${preferred} upwards`);
}
