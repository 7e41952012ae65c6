import { countSegments } from '../../../../../shared/sms/segments.ts';
import { useSalon } from '../../../data/salon.tsx';
import { useLanguage, useT } from '../../../i18n/use-language.tsx';
import { useNow } from '../../../time/use-now.ts';
import type { Draft } from './draft.ts';
import { exampleReminder } from './example.ts';

/** What a text looks like for the example appointment, its segments and its price. */
export function SmsPreview({ draft, allowedLinks, price }: {
  /** The settings, with the text that is shown. */
  draft: Draft;
  allowedLinks: readonly string[];
  /** Of a segment, in złoty. */
  price: string;
}) {
  const t = useT();
  const now = useNow();
  const { locale } = useLanguage();
  const { salon } = useSalon();
  const clientPage = new URL('./c/', location.href.replace(/#.*/, '')).href;
  const text = exampleReminder(draft, salon, allowedLinks, clientPage, now);
  const money = new Intl.NumberFormat(locale, { style: 'currency', currency: 'PLN' });
  const limit = Number(draft.maxSegments);
  const segments = text.ok && t('reminders.segments', { count: text.segments });
  return (
    <div aria-live='polite' class='stack'>
      {text.ok && (
        <>
          <p class='sms' data-preview>{text.body}</p>
          <p class='preview-figures'>
            <span>{t('settings.characters', { count: [...text.body].length })}</span>
            <span>{segments}</span>
            <strong>
              {t('settings.each', { price: money.format(text.segments * Number(price)) })}
            </strong>
          </p>
          {text.segments > limit && (
            <p class='notice notice--bad'>
              {t('settings.tooLong', { segments, limit })}
            </p>
          )}
          {text.encoding === 'UCS-2' && (
            <p class='notice notice--warn'>
              {t('settings.ucs2', { character: costlyCharacter(text.body) })}
            </p>
          )}
        </>
      )}
    </div>
  );
}

/** The first character that is not in GSM-7. */
function costlyCharacter(body: string): string {
  return [...body].find((character) => countSegments(character).encoding === 'UCS-2') ?? '';
}
