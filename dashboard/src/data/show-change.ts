import type { QueryClient } from '@tanstack/preact-query';

/** Takes a change back that was shown before it was made. */
export type Restore = () => void;

/**
 * Shows a change of a row wherever the row is loaded, also inside of other rows, before the database
 * has made it.
 */
export function showChange(
  queries: QueryClient,
  rowId: string,
  change: Readonly<Record<string, unknown>>,
): Restore {
  const before = queries.getQueryCache().getAll().flatMap((query) => {
    const { data, dataUpdatedAt: updatedAt } = query.state;
    const changed = withChange(data, rowId, change);
    if (changed === data) return [];
    queries.setQueryData(query.queryKey, changed, { updatedAt });
    return [{ key: query.queryKey, data, updatedAt }];
  });
  return () => {
    for (const { key, data, updatedAt } of before) queries.setQueryData(key, data, { updatedAt });
  };
}

/** The data with the change in each row with that id; the same data if there is none. */
function withChange(
  data: unknown,
  rowId: string,
  change: Readonly<Record<string, unknown>>,
): unknown {
  if (Array.isArray(data)) {
    const items = data.map((item) => withChange(item, rowId, change));
    return items.some((item, index) => item !== data[index]) ? items : data;
  }
  if (typeof data !== 'object' || data === null) return data;
  if ('id' in data && data.id === rowId) return { ...data, ...change };
  const entries = Object.entries(data);
  const changed = entries.map(([name, value]) => [name, withChange(value, rowId, change)] as const);
  return changed.some(([, value], index) => value !== entries[index]?.[1])
    ? Object.fromEntries(changed)
    : data;
}
