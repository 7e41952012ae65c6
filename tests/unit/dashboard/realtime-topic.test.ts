import { RealtimeClient, type WebSocketLikeConstructor } from '@supabase/supabase-js';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { followTopic } from '../../../dashboard/src/data/realtime-topic.ts';

type Frame = { topic: string; event: string; ref: string; payload: Record<string, unknown> };

/** A connection whose server is the test. */
class FakeSocket {
  static readonly OPEN = 1;
  static opened: FakeSocket[] = [];
  readyState = 0;
  sent: Frame[] = [];
  onopen: (() => void) | null = null;
  onclose: (() => void) | null = null;
  onmessage: ((event: { data: string }) => void) | null = null;
  readonly url: string;

  constructor(url: string) {
    this.url = url;
    FakeSocket.opened.push(this);
  }
  send(text: string): void {
    this.sent.push(JSON.parse(text));
  }
  close(): void {
    this.readyState = 3;
    this.onclose?.();
  }
  async accept(): Promise<void> {
    this.readyState = FakeSocket.OPEN;
    this.onopen?.();
    await vi.advanceTimersByTimeAsync(0);
  }
  receive(frame: Partial<Frame>): void {
    this.onmessage?.({ data: JSON.stringify({ topic: TOPIC, payload: {}, ...frame }) });
  }
  join(status = 'ok'): void {
    this.receive({ event: 'phx_reply', ref: '1', payload: { status } });
  }
  events(): string[] {
    return this.sent.map(({ event }) => event);
  }
}

const ADDRESS = 'wss://project.example/realtime/v1/websocket?apikey=key&vsn=1.0.0';
const TOPIC = 'realtime:salon:1';

let told: string[];
let token: string | null;
let leave: () => void;

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('WebSocket', FakeSocket);
  FakeSocket.opened = [];
  told = [];
  token = 'first token';
  leave = followTopic({
    url: ADDRESS,
    topic: 'salon:1',
    accessToken: () => Promise.resolve(token),
    onMessage: () => told.push('message'),
    onJoined: (isJoined) => told.push(isJoined ? 'joined' : 'lost'),
  });
});
afterEach(() => {
  leave();
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

/** The latest connection. */
function socket(): FakeSocket {
  const latest = FakeSocket.opened.at(-1);
  if (!latest) throw new Error('not connected');
  return latest;
}
async function joined(): Promise<FakeSocket> {
  await socket().accept();
  socket().join();
  return socket();
}

test('the private topic is joined with the user’s token', async () => {
  await socket().accept();
  expect(socket().url).toBe(ADDRESS);
  expect(socket().sent).toEqual([{
    topic: TOPIC,
    event: 'phx_join',
    ref: '1',
    join_ref: '1',
    payload: {
      config: {
        broadcast: { ack: false, self: false },
        presence: { key: '', enabled: false },
        postgres_changes: [],
        private: true,
      },
      access_token: 'first token',
    },
  }]);
  expect(told).toEqual([]);
  socket().join();
  expect(told).toEqual(['joined']);
});

test('each broadcast is told', async () => {
  const { receive } = await joined();
  receive.call(socket(), { event: 'broadcast', payload: { event: 'changed' } });
  receive.call(socket(), { event: 'system', payload: { status: 'ok' } });
  expect(told).toEqual(['joined', 'message']);
});

test('a renewed token is sent, an unchanged one is not', async () => {
  await joined();
  await vi.advanceTimersByTimeAsync(25_000);
  socket().receive({ topic: 'phoenix', event: 'phx_reply', ref: '2' });
  token = 'second token';
  await vi.advanceTimersByTimeAsync(25_000);
  expect(socket().events()).toEqual(['phx_join', 'heartbeat', 'heartbeat', 'access_token']);
  expect(socket().sent.at(-1)?.payload).toEqual({ access_token: 'second token' });
});

test('a server that no longer answers is left, and connected to again', async () => {
  const first = await joined();
  await vi.advanceTimersByTimeAsync(50_000);
  expect(told).toEqual(['joined', 'lost']);
  expect(first.readyState).toBe(3);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(socket()).not.toBe(first);
  await joined();
  expect(told).toEqual(['joined', 'lost', 'joined']);
});

test('attempts become rare while there is no Realtime, and start over once it was joined', async () => {
  const waits: number[] = [];
  for (let attempt = 0; attempt < 6; attempt += 1) {
    const before = FakeSocket.opened.length;
    socket().close();
    let waited = 0;
    while (FakeSocket.opened.length === before) {
      await vi.advanceTimersByTimeAsync(1_000);
      waited += 1;
    }
    waits.push(waited);
  }
  expect(waits).toEqual([1, 5, 30, 60, 300, 300]);
  (await joined()).close();
  const before = FakeSocket.opened.length;
  await vi.advanceTimersByTimeAsync(1_000);
  expect(FakeSocket.opened.length).toBe(before + 1);
});

test.each(['phx_close', 'phx_error'])('after %s it joins again', async (event) => {
  await joined();
  socket().receive({ event });
  expect(told).toEqual(['joined', 'lost']);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(FakeSocket.opened).toHaveLength(2);
});

test('a refusal to join is a loss', async () => {
  await socket().accept();
  socket().join('error');
  expect(told).toEqual(['lost']);
});

test('without a token nothing is joined', async () => {
  token = null;
  await socket().accept();
  expect(socket().sent).toEqual([]);
  expect(socket().readyState).toBe(3);
});

test('leaving ends it, also between two attempts', async () => {
  await joined();
  leave();
  expect(told).toEqual(['joined', 'lost']);
  await vi.advanceTimersByTimeAsync(600_000);
  expect(FakeSocket.opened).toHaveLength(1);
});

test('it asks for the same as Supabase’s own client', async () => {
  await socket().accept();
  const ours = socket();
  const client = new RealtimeClient('wss://project.example/realtime/v1', {
    params: { apikey: 'key' },
    vsn: '1.0.0',
    transport: FakeSocket as unknown as WebSocketLikeConstructor,
    accessToken: () => Promise.resolve(token),
  });
  await client.setAuth();
  client.channel('salon:1', { config: { private: true } })
    .on('broadcast', { event: 'changed' }, () => {}).subscribe();
  await vi.advanceTimersByTimeAsync(1_000);
  await socket().accept();
  expect(socket()).not.toBe(ours);
  expect(new URL(socket().url).pathname).toBe(new URL(ours.url).pathname);
  const theirs = socket().sent.find(({ event }) => event === 'phx_join');
  expect(theirs).toMatchObject({ topic: ours.sent[0]?.topic });
  expect(theirs?.payload).toEqual(ours.sent[0]?.payload);
  await client.disconnect();
});
