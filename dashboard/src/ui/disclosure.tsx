import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';

/** A summary that shows what is behind it, which is drawn only then. */
export function Disclosure({ label, children }: {
  label: ComponentChildren;
  children: ComponentChildren;
}) {
  const [isOpen, setOpen] = useState(false);
  return (
    <details onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{label}</summary>
      {isOpen && children}
    </details>
  );
}
