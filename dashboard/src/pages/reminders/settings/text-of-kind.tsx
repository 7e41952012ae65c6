import { useQuery } from '@tanstack/preact-query';
import type { SmsText, SmsTextKind } from '../../../../../shared/calendar/sms-texts.ts';
import { useCalendar } from '../../../data/backend.tsx';
import { Loaded } from '../../../ui/loaded.tsx';
import type { TextContext } from './other-texts.tsx';
import { TextForm } from './text-form.tsx';

/** The text of a kind; the default one until the salon has its own. */
export function TextOfKind({ kind, text, ...context }: TextContext & {
  kind: SmsTextKind;
  text: SmsText | undefined;
}) {
  const calendar = useCalendar();
  const { language } = context.settings;
  const query = useQuery({
    queryKey: ['default-sms-text', kind, language],
    queryFn: () => calendar.getDefaultSmsText(kind, language),
    staleTime: Infinity,
  });
  return (
    <Loaded query={query}>
      {(defaultTemplate) => (
        <TextForm kind={kind} text={text} defaultTemplate={defaultTemplate} {...context} />
      )}
    </Loaded>
  );
}
