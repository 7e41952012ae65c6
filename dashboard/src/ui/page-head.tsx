import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { useTitle } from './use-title.ts';

/** Where somebody came from: the first page of an appointment must not take the focus. */
let hasShownPage = false;

/**
 * The heading of a page, with what belongs beside it. Takes the focus when one page follows
 * another, so that a screen reader says where it is.
 */
export function PageHead({ title, detail, children }: {
  title: string;
  detail?: ComponentChildren;
  children?: ComponentChildren;
}) {
  const heading = useRef<HTMLHeadingElement>(null);
  useTitle(title);
  useEffect(() => {
    if (hasShownPage) heading.current?.focus();
    hasShownPage = true;
  }, []);
  return (
    <div class='page-head'>
      <div>
        <h1 ref={heading} tabIndex={-1}>{title}</h1>
        {detail && <p class='page-detail'>{detail}</p>}
      </div>
      {children}
    </div>
  );
}
