export function PetsPage(_: { id?: string; tab?: string | undefined }) {
  return <p>PetsPage</p>;
}
