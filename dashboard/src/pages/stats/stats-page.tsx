export function StatsPage(_: { id?: string; tab?: string | undefined }) {
  return <p>StatsPage</p>;
}
