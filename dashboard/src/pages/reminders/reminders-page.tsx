export function RemindersPage(_: { id?: string; tab?: string | undefined }) {
  return <p>RemindersPage</p>;
}
