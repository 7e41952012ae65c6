/** The strokes of each icon on a 24 by 24 grid. */
const PATHS = {
  calendar: 'M5 6h14v14H5zM5 10h14M9 3v4M15 3v4',
  chart: 'M4 20h16M7 16v-4M12 16V6M17 16V9',
  check: 'M5 12.5l4.5 4.5L19 7.5',
  close: 'M6 6l12 12M18 6L6 18',
  down: 'M5.5 9.5L12 16l6.5-6.5',
  download: 'M12 4v11M7 11l5 5 5-5M5 20h14',
  eye:
    'M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12zM12 9a3 3 0 100 6 3 3 0 000-6',
  'eye-off':
    'M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12zM12 9a3 3 0 100 6 3 3 0 000-6M4 4l16 16',
  health: 'M12 20S4 15.2 4 9.8A4.3 4.3 0 0112 7.4a4.3 4.3 0 018 2.4C20 15.2 12 20 12 20z',
  leave: 'M10 4H5v16h5M15 8l4 4-4 4M19 12H9',
  left: 'M14.5 5.5L8 12l6.5 6.5',
  message: 'M4 5h16v11H10.5L6.5 20v-4H4z',
  paw:
    'M3.9 11a1.6 2.1 0 103.2 0 1.6 2.1 0 10-3.2 0zM7.9 6.5a1.6 2.1 0 103.2 0 1.6 2.1 0 10-3.2 0zM12.9 6.5a1.6 2.1 0 103.2 0 1.6 2.1 0 10-3.2 0zM16.9 11a1.6 2.1 0 103.2 0 1.6 2.1 0 10-3.2 0zM12 12c2.2 0 4.9 3 4.9 5.1 0 1.5-1.2 2.1-2.4 2.1-1 0-1.6-.5-2.5-.5s-1.5.5-2.5.5c-1.2 0-2.4-.6-2.4-2.1C7.1 15 9.8 12 12 12z',
  phone:
    'M6 3.5h3.5l1.5 4.7-2.3 1.5a11 11 0 005.6 5.6l1.5-2.3 4.7 1.5V18a2.5 2.5 0 01-2.7 2.5A16 16 0 013.5 6.2 2.5 2.5 0 016 3.5z',
  plus: 'M12 5v14M5 12h14',
  print: 'M7 8V4h10v4M7 17H4.5V9h15v8H17M7 14h10v6H7z',
  right: 'M9.5 5.5L16 12l-6.5 6.5',
  search: 'M11 4.5a6.5 6.5 0 100 13 6.5 6.5 0 000-13M16 16l4.5 4.5',
  sun:
    'M12 8a4 4 0 100 8 4 4 0 000-8M12 2.5v2M12 19.5v2M2.5 12h2M19.5 12h2M5.3 5.3l1.4 1.4M17.3 17.3l1.4 1.4M5.3 18.7l1.4-1.4M17.3 6.7l1.4-1.4',
  sync: 'M19.5 8.5A8 8 0 005.2 7.3M5 3.5v4h4M4.5 15.5a8 8 0 0014.3 1.2M19 20.5v-4h-4',
  warning: 'M12 4l9 15.5H3zM12 10v4.5M12 16.8v.4',
} as const;

export type IconName = keyof typeof PATHS;

/** A decorative icon beside a text, hidden from screen readers. */
export function Icon({ name }: { name: IconName }) {
  return (
    <svg class='icon' viewBox='0 0 24 24' aria-hidden='true' focusable='false'>
      <path d={PATHS[name]} />
    </svg>
  );
}
