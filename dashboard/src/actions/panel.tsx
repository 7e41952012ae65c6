import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { useT } from '../i18n/use-language.tsx';
import { Icon } from '../ui/icon.tsx';

/** The form of one action, which takes the place of the menu. */
export function Panel({ title, back, children }: {
  title: string;
  back(): void;
  children: ComponentChildren;
}) {
  const t = useT();
  const heading = useRef<HTMLHeadingElement>(null);
  // Before the next key, however fast somebody types.
  useLayoutEffect(() => heading.current?.focus(), []);
  return (
    <section class='panel' aria-label={title}>
      <div class='panel-head'>
        <button type='button' class='button button--quiet button--small' onClick={back}>
          <Icon name='left' /> {t('act.back')}
        </button>
        <h3 ref={heading} tabIndex={-1}>{title}</h3>
      </div>
      {children}
    </section>
  );
}
