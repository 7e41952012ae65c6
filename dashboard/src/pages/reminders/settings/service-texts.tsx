import { useQuery } from '@tanstack/preact-query';
import { useActions } from '../../../actions/actions.tsx';
import { useCalendar } from '../../../data/backend.tsx';
import { useSalon } from '../../../data/salon.tsx';
import { useT } from '../../../i18n/use-language.tsx';
import { Disclosure } from '../../../ui/disclosure.tsx';
import { Loaded } from '../../../ui/loaded.tsx';
import type { TextContext } from './other-texts.tsx';
import { ServiceTextForm } from './service-text-form.tsx';

/** The texts that reminders of single services have. */
export function ServiceTexts(context: TextContext) {
  const t = useT();
  const { salon } = useSalon();
  const calendar = useCalendar();
  const { act, isBusy } = useActions();
  const query = useQuery({
    queryKey: ['service-texts', salon.id],
    queryFn: () => calendar.getServiceTexts(salon.id),
    refetchOnWindowFocus: false,
  });
  return (
    <section class='card texts' aria-label={t('sms.services.title')}>
      <h2>{t('sms.services.title')}</h2>
      <p class='muted'>{t('sms.services.hint')}</p>
      <Loaded query={query}>
        {(texts) =>
          texts.map((text) => {
            const { id, title_contains: title, template } = text;
            return (
              <Disclosure key={id} label={title}>
                <ServiceTextForm text={text} {...context}>
                  <button
                    type='button'
                    class='button button--quiet'
                    aria-disabled={isBusy}
                    onClick={() =>
                      act({
                        run: (of) => of.removeServiceText(id),
                        done: t('sms.services.removed', { title }),
                        undo: {
                          run: (of) =>
                            of.addServiceText(salon.id, { title_contains: title, template }),
                        },
                      })}
                  >
                    {t('sms.services.remove')}
                  </button>
                </ServiceTextForm>
              </Disclosure>
            );
          })}
      </Loaded>
      {salon.role === 'owner' && (
        <Disclosure label={t('sms.services.add')}>
          <ServiceTextForm text={null} {...context} />
        </Disclosure>
      )}
    </section>
  );
}
