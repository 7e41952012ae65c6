import { useState } from 'preact/hooks';
import { useCalendar } from '../../data/backend.tsx';
import { useFormMutation } from '../../data/use-form-mutation.ts';
import { useSalon } from '../../data/salon.tsx';
import { useLanguage, useT } from '../../i18n/use-language.tsx';
import { spanOfDays } from '../../time/span-of-days.ts';
import { Field } from '../../ui/field.tsx';
import { FormResult } from '../../ui/form-result.tsx';
import { Form, SubmitButton } from '../../ui/form.tsx';
import { saveFile } from './save-file.ts';
import './stats.css';

/** Exports the appointments of a period to a CSV file. */
export function ExportCard({ today }: { today: string }) {
  const t = useT();
  const { language } = useLanguage();
  const { salon } = useSalon();
  const calendar = useCalendar();
  const [from, setFrom] = useState(`${today.slice(0, 'YYYY-MM'.length)}-01`);
  const [to, setTo] = useState(today);
  const download = useFormMutation({
    mutationFn: async () => {
      const span = spanOfDays(from, to, salon.timezone);
      const text = await calendar.exportCsv({ salonId: salon.id, language, ...span });
      const name = `barkbook-${from}-${to}.csv`;
      saveFile(name, text, 'text/csv');
      return name;
    },
  });
  const isBackwards = from > to;
  return (
    <section class='card section'>
      <h2>{t('stats.export')}</h2>
      <p class='muted'>{t('stats.exportHint')}</p>
      <Form class='export' submit={download.submit}>
        <Field label={t('stats.from')} type='date' value={from} set={setFrom} />
        <Field label={t('stats.to')} type='date' value={to} set={setTo} />
        <SubmitButton
          icon='download'
          label={t('stats.download')}
          busyLabel={t('stats.downloading')}
          cannot={isBackwards}
        />
      </Form>
      <FormResult of={download} done={t('stats.downloaded', { name: download.data })}>
        {isBackwards && <p class='notice notice--bad'>{t('stats.wrongOrder')}</p>}
      </FormResult>
    </section>
  );
}
