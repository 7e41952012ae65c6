import { useQuery } from '@tanstack/preact-query';
import { useCalendar } from '../../../data/backend.tsx';
import { useSalon } from '../../../data/salon.tsx';
import { useT } from '../../../i18n/use-language.tsx';
import { Disclosure } from '../../../ui/disclosure.tsx';
import { Loaded } from '../../../ui/loaded.tsx';
import type { Draft } from './draft.ts';
import { ServiceTexts } from './service-texts.tsx';
import { isEnabled, TEXT_KINDS } from './text-draft.ts';
import { TextOfKind } from './text-of-kind.tsx';

/** What a text needs of the other settings for its preview. */
export type TextContext = {
  settings: Draft;
  allowedLinks: readonly string[];
  /** Of a segment, in złoty. */
  price: string;
};

/** The SMS beside the first reminder, each folded, and the texts for services. */
export function OtherTexts(context: TextContext) {
  const t = useT();
  const { salon } = useSalon();
  const calendar = useCalendar();
  const query = useQuery({
    queryKey: ['sms-texts', salon.id],
    queryFn: () => calendar.getSmsTexts(salon.id),
    refetchOnWindowFocus: false,
  });
  return (
    <>
      <section class='card texts' aria-label={t('sms.texts.title')}>
        <h2>{t('sms.texts.title')}</h2>
        <p class='muted'>{t('sms.texts.hint')}</p>
        <Loaded query={query}>
          {(texts) =>
            TEXT_KINDS.map((kind) => {
              const text = texts.find((each) => each.kind === kind);
              const state = isEnabled(kind, text) ? 'on' : 'off';
              return (
                <Disclosure
                  key={kind}
                  label={
                    <>
                      {t(`sms.kind.${kind}`)}{' '}
                      <span class={`badge badge--${state}`}>{t(`sms.texts.${state}`)}</span>
                    </>
                  }
                >
                  <TextOfKind kind={kind} text={text} {...context} />
                </Disclosure>
              );
            })}
        </Loaded>
      </section>
      <ServiceTexts {...context} />
    </>
  );
}
