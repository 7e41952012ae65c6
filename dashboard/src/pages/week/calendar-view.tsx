import {
  type Calendar,
  createCalendar,
  destroyCalendar,
  List,
  TimeGrid,
} from '@event-calendar/core';
import '@event-calendar/core/index.css';
import { useEffect, useRef } from 'preact/hooks';
import type { CalendarEventWithDetails } from '../../../../shared/calendar/appointment.ts';
import { focusKeeper, OPENER } from '../../appointments/opener.ts';
import { utcOffset } from '../../../../shared/time/wall-time.ts';
import { useSalon } from '../../data/salon.tsx';
import { useLanguage, useT } from '../../i18n/use-language.tsx';
import { dateFormat } from '../../time/date-format.ts';
import './calendar.css';
import { hoursToShow, useEntries } from './entries.ts';
import { entryContent } from './entry-content.ts';
import { removeTableRoles } from './table-roles.ts';
import type { Layout } from './layout.ts';

const VIEWS: Readonly<Record<Layout, string>> = {
  week: 'timeGridWeek',
  day: 'timeGridDay',
  list: 'listWeek',
};

/** The height of half an hour: an hour has room for the time, the pet and its owner. */
const SLOT_HEIGHT_PX = 32;

/** Appointments on the grid of a week or a day, or as a list. */
export function CalendarView({ layout, date, appointments, open }: {
  layout: Layout;
  date: string;
  appointments: readonly CalendarEventWithDetails[];
  open(appointment: CalendarEventWithDetails): void;
}) {
  const t = useT();
  const { locale } = useLanguage();
  const { salon } = useSalon();
  const container = useRef<HTMLDivElement>(null);
  const calendar = useRef<Calendar | null>(null);
  const entries = useEntries(appointments, t);
  const offset = offsetForCalendar(utcOffset(new Date(), salon.timezone));
  const dayText = dateFormat(locale, { weekday: 'long', day: 'numeric', month: 'long' });
  const options: Calendar.Options = {
    view: VIEWS[layout],
    date,
    events: entries,
    // The calendar supports offsets from UTC, but no zones. That is enough to mark the current
    // time; the appointments have times in the salon's zone.
    timeZone: offset,
    locale,
    firstDay: 1,
    headerToolbar: { start: '', center: '', end: '' },
    allDaySlot: false,
    nowIndicator: true,
    slotHeight: SLOT_HEIGHT_PX,
    slotEventOverlap: false,
    height: layout === 'list' ? 'auto' : '100%',
    slotLabelFormat: { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
    eventTimeFormat: { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
    dayHeaderFormat: { weekday: 'short', day: 'numeric', month: 'numeric' },
    noEventsContent: t('week.empty'),
    eventContent: (info) => entryContent(info, dayText),
    eventDidMount: ({ el, event }) => el.setAttribute(OPENER, String(event.id)),
    eventClick: ({ event }) => {
      const appointment = appointments.find(({ id }) => id === event.id);
      if (appointment) open(appointment);
    },
    ...hoursToShow(appointments),
  };

  useEffect(() => {
    if (!container.current) return;
    const created = createCalendar(container.current, [TimeGrid, List], options);
    calendar.current = created;
    const stop = removeTableRoles(container.current);
    return () => {
      stop();
      destroyCalendar(created);
    };
  }, []);

  useEffect(() => {
    const keepFocus = focusKeeper();
    for (const [name, value] of Object.entries(options)) {
      calendar.current?.setOption(name as keyof Calendar.Options, value);
    }
    requestAnimationFrame(keepFocus);
  }, [layout, date, entries, locale, offset]);

  return (
    <div
      ref={container}
      role='group'
      class={`calendar calendar--${layout}`}
      aria-label={t('week.calendar')}
    />
  );
}

/**
 * The calendar takes an offset of zero for none and then uses the browser's zone
 * (@event-calendar/core 5.15.0, createDate), so that a salon in London gets a minute more.
 */
function offsetForCalendar(offset: string): string {
  return /^[+-]00:00$/.test(offset) ? '+00:01' : offset;
}
