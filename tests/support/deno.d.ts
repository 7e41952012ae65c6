// What functions use of the std of Deno, which has no types on npm.
declare module 'std/http/etag.ts' {
  export function ifNoneMatch(value: string | null, etag: string | undefined): boolean;
}

declare module 'std/crypto/timing_safe_equal.ts' {
  export function timingSafeEqual(one: Uint8Array, other: Uint8Array): boolean;
}

declare module 'std/async/pool.ts' {
  export function pooledMap<Item, Result>(
    poolLimit: number,
    items: Iterable<Item>,
    work: (item: Item) => Promise<Result>,
  ): AsyncIterableIterator<Result>;
}
