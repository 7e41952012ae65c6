/** What to follow, and whom to tell. */
export type TopicOptions = {
  /** The address of Realtime's WebSocket, with the publishable key. */
  url: string;
  /** A private topic, on which only members may listen. */
  topic: string;
  /** The current token of the user; null if there is none any more. */
  accessToken(): Promise<string | null>;
  /** Called for each message on the topic. */
  onMessage(): void;
  /** Called when the topic was joined, and when it was lost. */
  onJoined(isJoined: boolean): void;
};

type Message = { topic: string; event: string; ref: string | null; payload: { status?: string } };

const HEARTBEAT_MS = 25_000;
/** The waiting time before each attempt to connect again; the last one is repeated. */
const RETRY_MS = [1_000, 5_000, 30_000, 60_000, 300_000];

/**
 * Follows a private topic of Supabase Realtime, and connects again whenever the connection is lost.
 * Returns a function that ends it.
 *
 * It speaks version 1.0.0 of https://supabase.com/docs/guides/realtime/protocol by itself: for one
 * topic that only says that something changed, `@supabase/realtime-js` would add 16 KB to the page.
 */
export function followTopic(
  { url, topic, accessToken, onMessage, onJoined }: TopicOptions,
): () => void {
  const channel = `realtime:${topic}`;
  let tries = 0;
  let hasEnded = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let leave = () => {};

  function connect(): void {
    const socket = new WebSocket(url);
    let ref = 0;
    let isAnswered = true;
    let sentToken: string | null = null;
    let heartbeat: ReturnType<typeof setInterval> | undefined;

    const send = (to: string, event: string, payload: object) =>
      socket.send(JSON.stringify({ topic: to, event, payload, ref: String(++ref), join_ref: '1' }));

    /** A server that no longer answers does not close the connection either. */
    function lose(): void {
      leave = () => {};
      clearInterval(heartbeat);
      socket.onopen = socket.onmessage = socket.onclose = null;
      socket.close();
      onJoined(false);
      if (hasEnded) return;
      timer = setTimeout(connect, RETRY_MS[Math.min(tries++, RETRY_MS.length - 1)]);
    }

    async function authorize(event: 'phx_join' | 'access_token', payload: object): Promise<void> {
      const token = await accessToken().catch(() => null);
      if (socket.readyState !== WebSocket.OPEN) return;
      if (token === null) return lose();
      if (token === sentToken) return;
      sentToken = token;
      send(channel, event, { ...payload, access_token: token });
    }

    function beat(): void {
      if (!isAnswered) return lose();
      isAnswered = false;
      send('phoenix', 'heartbeat', {});
      // The server closes a channel whose token has expired.
      authorize('access_token', {});
    }

    function receive(message: Message): void {
      if (message.topic === 'phoenix') {
        isAnswered = true;
      } else if (message.event === 'broadcast') {
        onMessage();
      } else if (message.event === 'phx_close' || message.event === 'phx_error') {
        lose();
      } else if (message.event === 'phx_reply' && message.ref === '1') {
        if (message.payload.status !== 'ok') return lose();
        tries = 0;
        onJoined(true);
      }
    }

    leave = lose;
    socket.onopen = () => {
      heartbeat = setInterval(beat, HEARTBEAT_MS);
      authorize('phx_join', {
        config: {
          broadcast: { ack: false, self: false },
          presence: { key: '', enabled: false },
          postgres_changes: [],
          private: true,
        },
      });
    };
    socket.onmessage = ({ data }) => receive(JSON.parse(data));
    socket.onclose = lose;
  }

  connect();
  return () => {
    hasEnded = true;
    clearTimeout(timer);
    leave();
  };
}
