export function WeekPage(_: { id?: string; tab?: string | undefined }) {
  return <p>WeekPage</p>;
}
