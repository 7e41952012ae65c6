import { useState } from 'preact/hooks';

/**
 * What a form checks by itself, in its own words. The first field that is wrong gets the focus.
 *
 * @param form The beginning of the ids of its fields.
 * @param texts What to say about each field that can be wrong.
 */
export function useCheck<Name extends string>(form: string, texts: Readonly<Record<Name, string>>) {
  const [wrong, setWrong] = useState<Name | null>(null);
  const idOf = (name: string) => `${form}-${name}`;
  return {
    /** Shows which field is wrong; returns whether none is. */
    check: (found: Name | null): boolean => {
      setWrong(found);
      if (found !== null) document.getElementById(idOf(found))?.focus();
      return found === null;
    },
    /** What a CheckedField needs to know of itself. */
    field: (name: Name) => ({ id: idOf(name), problem: wrong === name ? texts[name] : null }),
  };
}
