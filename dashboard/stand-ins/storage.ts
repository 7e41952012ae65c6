/**
 * Takes the place of `@supabase/storage-js` in the page, which keeps no files. See realtime.ts.
 */
export class StorageClient {}
export class StorageApiError extends Error {}
