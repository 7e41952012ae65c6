/**
 * Replaces `@supabase/storage-js`, since the page stores no files. See realtime.ts.
 */
export class StorageClient {}
export class StorageApiError extends Error {}
