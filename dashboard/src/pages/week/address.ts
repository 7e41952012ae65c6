import { useLocation, useParams } from 'wouter-preact';
import { type CivilDate, civilDateAt } from '../../../../shared/time/civil-date.ts';
import { useSalon } from '../../data/salon.tsx';
import { useWide } from '../../ui/use-wide.ts';
import { isDate, isLayout, type Layout } from './layout.ts';

/** A date and a layout of the calendar. */
export type Shown = { date: CivilDate; layout: Layout };

/**
 * What the address says is shown, such as `#/week/2026-12-02/day`, and a function that changes it.
 * Without it, today in the salon; seven columns do not fit on a phone, which gets the list.
 */
export function useShown(): Shown & { show(change: Partial<Shown>): void } {
  const { salon } = useSalon();
  const wide = useWide();
  const { date: dateInAddress, layout: layoutInAddress } = useParams();
  const [, navigate] = useLocation();
  const shown: Shown = {
    date: isDate(dateInAddress) ? dateInAddress : civilDateAt(new Date(), salon.timezone),
    layout: isLayout(layoutInAddress) ? layoutInAddress : wide ? 'week' : 'list',
  };
  return {
    ...shown,
    show: (change) => {
      const { date, layout } = { ...shown, ...change };
      navigate(`/week/${date}/${layout}`);
    },
  };
}
