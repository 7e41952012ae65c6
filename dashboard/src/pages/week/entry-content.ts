import type { Calendar } from '@event-calendar/core';

/**
 * What an appointment on the calendar says: its time and title to everybody, and its day to whoever cannot
 * see in which column it stands.
 */
export function entryContent(
  { event, timeText }: Calendar.EventContentInfo,
  dayText: (date: string) => string,
): Calendar.Content {
  const { localDate } = event.extendedProps;
  return {
    domNodes: [
      line('visually-hidden', `${dayText(String(localDate))}, `),
      line('entry-time', `${timeText} `),
      line('entry-title', typeof event.title === 'string' ? event.title : ''),
    ],
  };
}

function line(name: string, text: string): HTMLElement {
  const element = document.createElement('span');
  element.className = name;
  element.textContent = text;
  return element;
}
