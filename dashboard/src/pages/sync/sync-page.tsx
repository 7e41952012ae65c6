export function SyncPage(_: { id?: string; tab?: string | undefined }) {
  return <p>SyncPage</p>;
}
