import { useLayoutEffect, useRef } from 'preact/hooks';
import { useT } from '../i18n/use-language.tsx';
import { useActions } from './actions.tsx';

/** What can be done. `left` is the item whose form was left: it gets the focus back. */
export function ActionMenu<Item extends string>({ items, left, label, open }: {
  items: readonly Item[];
  left: Item | null;
  label(item: Item): string;
  open(item: Item): void;
}) {
  const t = useT();
  const { isBusy } = useActions();
  const menu = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const index = left === null ? -1 : items.indexOf(left);
    menu.current?.querySelectorAll('button').item(index)?.focus();
  }, []);
  if (items.length === 0) return null;
  return (
    <div ref={menu} class='menu' role='group' aria-label={t('act.menu')}>
      {items.map((item) => (
        <button
          key={item}
          type='button'
          class='button'
          aria-disabled={isBusy}
          onClick={() => open(item)}
        >
          {label(item)}
        </button>
      ))}
    </div>
  );
}
