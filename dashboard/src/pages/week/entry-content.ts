import type { Calendar } from '@event-calendar/core';

/**
 * The content of an appointment in the calendar: its time and title and, for screen readers, its
 * day.
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
