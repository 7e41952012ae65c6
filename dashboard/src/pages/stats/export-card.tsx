import { useMutation } from '@tanstack/preact-query';
import { useState } from 'preact/hooks';
import { useCalendar } from '../../data/backend.tsx';
import { useSalon } from '../../data/salon.tsx';
import { useLanguage, useT } from '../../i18n/use-language.tsx';
import { spanOfDays } from '../../time/span-of-days.ts';
import { Field } from '../../ui/field.tsx';
import { Icon } from '../../ui/icon.tsx';
import { useErrorText } from '../../ui/states.tsx';
import { saveFile } from './save-file.ts';
import './stats.css';

/** Exports the appointments of a period to a CSV file. */
export function ExportCard({ today }: { today: string }) {
  const t = useT();
  const { language } = useLanguage();
  const { salon } = useSalon();
  const calendar = useCalendar();
  const errorText = useErrorText();
  const [from, setFrom] = useState(`${today.slice(0, 'YYYY-MM'.length)}-01`);
  const [to, setTo] = useState(today);
  const download = useMutation({
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
      <form
        class='export'
        onSubmit={(event) => {
          event.preventDefault();
          if (!isBackwards) download.mutate();
        }}
      >
        <Field label={t('stats.from')} type='date' value={from} set={setFrom} />
        <Field label={t('stats.to')} type='date' value={to} set={setTo} />
        <button type='submit' class='button' disabled={download.isPending || isBackwards}>
          <Icon name='download' />
          {download.isPending ? t('stats.downloading') : t('stats.download')}
        </button>
      </form>
      <div role='status'>
        {isBackwards && <p class='notice notice--bad'>{t('stats.wrongOrder')}</p>}
        {download.isSuccess && (
          <p class='notice notice--good'>{t('stats.downloaded', { name: download.data })}</p>
        )}
        {download.isError && <p class='notice notice--bad'>{errorText(download.error)}</p>}
      </div>
    </section>
  );
}
