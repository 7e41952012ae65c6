import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { useTitle } from './use-title.ts';

/** Whether a page was shown before: the first page must not take the focus. */
let hasShownPage = false;

/**
 * The heading of a page, with controls beside it. Takes the focus when the page changes, so that
 * screen readers announce it.
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
