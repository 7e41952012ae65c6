import { connect, createServer, Server } from 'node:net';
import { once } from 'node:events';
import { expect, test, vi } from 'vitest';
import { freePort, isListening, LOOPBACK, requirePort } from '../../../local/setup/ports.ts';

async function listen(port = 0): Promise<{ server: Server; port: number }> {
  const server = createServer((socket) => socket.resume()).listen(port, LOOPBACK);
  await once(server, 'listening');
  const address = server.address();
  return { server, port: typeof address === 'object' && address ? address.port : 0 };
}

async function close(server: Server): Promise<void> {
  server.close();
  await once(server, 'close');
}

test('a port is free whose server closed a connection and stopped: it is in TIME-WAIT', async () => {
  const { server, port } = await listen();
  server.on('connection', (socket) => socket.end());
  const client = connect(port, LOOPBACK).resume();
  await once(client, 'close');
  await close(server);

  expect(await requirePort(port)).toBe(port);
});

test('a port on which a server listens is in use', async () => {
  const { server, port } = await listen();

  expect(await isListening(port)).toBe(true);
  await expect(requirePort(port)).rejects.toThrow(`port ${port} is in use: stop what listens`);
  await close(server);
});

test('a port that only a connection holds is not said to have a listener', async () => {
  const { server, port } = await listen();
  const client = connect(port, LOOPBACK);
  await once(client, 'connect');
  const held = client.localPort ?? 0;

  expect(await isListening(held)).toBe(false);
  await expect(requirePort(held)).rejects.toThrow(`port ${held} is held by a connection`);
  client.destroy();
  await close(server);
});

test('a port that needs root is not said to be held by anybody', async () => {
  const refused = Object.assign(new Error('listen EACCES: permission denied'), { code: 'EACCES' });
  vi.spyOn(Server.prototype, 'listen').mockImplementationOnce(function (this: Server) {
    this.emit('error', refused);
    return this;
  });
  await expect(requirePort(80)).rejects.toBe(refused);
});

test('nothing listens at a free port', async () => {
  expect(await isListening(await freePort())).toBe(false);
});
