export function PetPage(_: { id?: string; tab?: string | undefined }) {
  return <p>PetPage</p>;
}
