import type { Random } from './random.ts';

/** What a mutated delivery carries and no log line may: a name, a phone and an e-mail. */
export const CANARY = 'Kanarek Żółty 501 220 314 kanarek@poczta.example';

/** Changes the body of a delivery at random. */
export type Mutate = (bodies: readonly string[], random: Random) => Uint8Array<ArrayBuffer>;

type Container = Record<string, unknown> | unknown[];

const MAX_CHANGES = 4;
const encoder = new TextEncoder();

/** One of the bodies with its JSON changed, its bytes, or both. */
export const mutate: Mutate = (bodies, random) => {
  const body = random.pick(bodies);
  const text = random.chance(0.85) ? mutateJson(body, bodies, random) : body;
  const bytes = encoder.encode(text);
  return random.chance(0.25) ? mutateBytes(bytes, random) : bytes;
};

function mutateJson(body: string, bodies: readonly string[], random: Random): string {
  const parsed = parse(body);
  if (parsed === null) return body;
  const root = { root: parsed };
  const places = placesIn(root);
  for (let change = 0; change <= random.below(MAX_CHANGES); change++) {
    const [container, key] = random.pick(places);
    changeAt(container, key, bodies, random);
  }
  return writeDuplicated(JSON.stringify(root.root) ?? '', random);
}

function changeAt(
  container: Container,
  key: string,
  bodies: readonly string[],
  random: Random,
): void {
  const entries = container as Record<string, unknown>;
  switch (random.below(6)) {
    case 0:
      if (Array.isArray(container)) container.splice(Number(key), 1);
      else delete entries[key];
      return;
    case 1:
      // An array with a member far behind its end would be as long as that.
      if (Array.isArray(container)) container.push(entries[key]);
      else entries[oddText(random)] = entries[key];
      return;
    case 2:
      entries[key] = partOf(random.pick(bodies), random);
      return;
    case 3:
      if (typeof entries[key] === 'string') entries[key] = changedText(entries[key], random);
      else entries[key] = oddValue(random);
      return;
    default:
      entries[key] = oddValue(random);
  }
}

/** Values of every type and at common limits. */
function oddValue(random: Random): unknown {
  return random.pick<() => unknown>([
    () => null,
    () => random.chance(0.5),
    () => random.pick([0, -0, -1, 1e308, 5e-324, 2 ** 53, 0.1, -2147483649, 9007199254740993]),
    () => oddText(random),
    () => ({}),
    () => [],
    () => Array.from({ length: random.below(200) }, () => oddText(random).slice(0, 20)),
    () => nested(random.below(random.chance(0.1) ? 4000 : 100), random),
    () =>
      Object.fromEntries(
        Array.from({ length: random.below(60) }, (_, index) => [`key-${index}`, CANARY]),
      ),
    () => ({ __proto__: null, constructor: CANARY, toString: 1, length: -1 }),
    () =>
      random.pick(['2026-02-30T00:00:00Z', '9999-12-31T23:59:60Z', '-000001-01-01', '1e9', 'now']),
  ])();
}

function oddText(random: Random): string {
  return random.pick<() => string>([
    () => '',
    () => CANARY,
    () => CANARY.repeat(random.below(random.chance(0.1) ? 8000 : 20)),
    () => '\0\ud800\udfff\ufeff\u202e\u0000',
    () => 'e\u0301'.repeat(random.below(200)),
    () => String.fromCharCode(...Array.from({ length: 8 }, () => random.below(0x10000))),
    () =>
      random.pick([
        '__proto__',
        'constructor',
        'null',
        '0',
        '%s%n',
        "'; drop table x; --",
        '{{uid}}',
      ]),
    () => random.pick(['BOOKING_CREATED', 'BOOKING_CANCELLED', 'MEETING_ENDED', 'booking_created']),
    () => '9'.repeat(random.below(100)),
    () => ` \t\n${CANARY}\r\n `,
  ])();
}

function changedText(text: string, random: Random): string {
  const at = random.below(text.length + 1);
  return random.pick<() => string>([
    () => text.slice(0, at) + oddText(random) + text.slice(at),
    () => text.slice(at),
    () => text + text,
    () => text.toUpperCase(),
    () => ` ${text} `,
  ])();
}

function nested(depth: number, random: Random): unknown {
  let value: unknown = CANARY;
  for (let level = 0; level < depth; level++) value = random.chance(0.5) ? [value] : { a: value };
  return value;
}

/** JSON may name a member twice; the last one counts. */
function writeDuplicated(text: string, random: Random): string {
  if (!random.chance(0.1) || !text.startsWith('{')) return text;
  return `{"payload":${JSON.stringify(oddValue(random)) ?? 'null'},${text.slice(1)}`;
}

function partOf(body: string, random: Random): unknown {
  const parsed = parse(body);
  if (parsed === null) return body;
  const [container, key] = random.pick(placesIn({ root: parsed }));
  return structuredClone((container as Record<string, unknown>)[key]);
}

/** Every place of a value that can be replaced. */
function placesIn(root: Container): [Container, string][] {
  return Object.entries(root).flatMap(([key, value]): [Container, string][] => [
    [root, key],
    ...(typeof value === 'object' && value !== null ? placesIn(value as Container) : []),
  ]);
}

function mutateBytes(bytes: Uint8Array, random: Random): Uint8Array<ArrayBuffer> {
  const changed = Array.from(bytes);
  for (let change = 0; change <= random.below(MAX_CHANGES); change++) {
    const at = random.below(changed.length + 1);
    const length = random.below(Math.min(64, changed.length + 1));
    random.pick<() => void>([
      () => changed[at] = random.below(256),
      () => changed.splice(at, 1),
      () => changed.splice(at, 0, random.below(256)),
      () => changed.splice(at, 0, ...changed.slice(0, length)),
      () => changed.splice(at),
      () => changed.splice(0, length),
    ])();
  }
  return Uint8Array.from(changed);
}

function parse(body: string): Container | null {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === 'object' && value !== null ? value as Container : null;
  } catch {
    return null;
  }
}
