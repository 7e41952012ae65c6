import type { Calendar } from '@event-calendar/core';

/**
 * The content of an appointment in the calendar: its time, its pet, then its client, each cut off
 * where the box ends; and, for screen readers, its day.
 */
export function entryContent(
  { event, timeText }: Calendar.EventContentInfo,
  dayText: (date: string) => string,
): Calendar.Content {
  const { localDate, details } = event.extendedProps;
  const pet = typeof event.title === 'string' ? event.title : '';
  const rest = Array.isArray(details) ? details.map(String) : [];
  return {
    domNodes: [
      line('visually-hidden', `${dayText(String(localDate))}, `),
      line('entry-time', `${timeText} `),
      line('entry-pet', `${pet} `),
      ...rest.map((detail) => line('entry-detail', `${detail} `)),
    ],
  };
}

function line(name: string, text: string): HTMLElement {
  const element = document.createElement('span');
  element.className = name;
  element.textContent = text;
  // What is cut off can be read by pointing at it.
  element.title = text.trim();
  return element;
}
