import { CalendarError } from '../../../../../shared/calendar/calendar-error.ts';
import { useT } from '../../../i18n/use-language.tsx';
import type { Messages } from '../../../i18n/pl/index.ts';
import { useErrorText } from '../../../ui/states.tsx';

type Rule = keyof Messages['settings']['rule'];

/** Returns a function that explains why saving failed: the broken rule, if the error names one. */
export function useSaveProblem(): (error: Error) => string {
  const t = useT();
  const errorText = useErrorText();
  return (error) => {
    const rules = t('settings.rule', { returnObjects: true });
    const detail = error instanceof CalendarError ? error.detail : null;
    const isRule = (name: string | null): name is Rule => name !== null && name in rules;
    return isRule(detail) ? rules[detail] : errorText(error);
  };
}
