import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { ActionMenu } from './action-menu.tsx';
import { type Action, useActions } from './actions.tsx';
import { OutcomeNotice } from './outcome-notice.tsx';
import { Panel } from './panel.tsx';

/** A menu of what can be done, the form of what was chosen in its place, and what came of it. */
export function ActionArea<Item extends string>({ items, label, form, atOnce, first = null }: {
  items: readonly Item[];
  label(item: Item): string;
  /** `done` shows the menu again, and so does `back`, as if nothing had been asked for. */
  form(item: Item, done: () => void, back: () => void): ComponentChildren;
  /** The action of an item that needs no form; null for others. */
  atOnce?(item: Item): Action | null;
  /** Whose form is shown before the menu, if it is one of them. */
  first?: Item | null;
}) {
  const { act, forget } = useActions();
  const [opened, setOpened] = useState(first !== null && items.includes(first) ? first : null);
  const [left, setLeft] = useState<Item | null>(null);

  function leave(item: Item | null): void {
    setLeft(item);
    setOpened(null);
  }
  function back(): void {
    forget();
    leave(opened);
  }
  return (
    <div class='action-area'>
      <OutcomeNotice />
      {opened === null
        ? (
          <ActionMenu
            items={items}
            left={left}
            label={label}
            open={(item) => {
              const action = atOnce?.(item);
              if (action) return void act(action);
              forget();
              setOpened(item);
            }}
          />
        )
        : (
          <Panel title={label(opened)} back={back}>
            {form(opened, () => leave(null), back)}
          </Panel>
        )}
    </div>
  );
}
