import type { ComponentChildren } from 'preact';

/** Figures side by side; `row` keeps four small ones in a single row even on a phone. */
export function Tiles({ row = false, children }: { row?: boolean; children: ComponentChildren }) {
  return <dl class={row ? 'tiles tiles--row' : 'tiles'}>{children}</dl>;
}

/** A figure with its label. */
export function Tile({ label, value, detail, tone }: {
  label: string;
  value: ComponentChildren;
  detail?: ComponentChildren;
  tone?: 'good' | 'warn' | 'bad';
}) {
  return (
    <div class={`tile${tone ? ` tile--${tone}` : ''}`}>
      <dt>{label}</dt>
      <dd>
        <span class='tile-value'>{value}</span>
        {detail && <span class='tile-detail'>{detail}</span>}
      </dd>
    </div>
  );
}
