import { useEffect, useState } from 'preact/hooks';
import type { ClientView } from '../../shared/client-link/answers.ts';
import { AppointmentCard } from './appointment-card.tsx';
import type { LinkApi } from './link-api.ts';
import { SalonHead } from './salon-head.tsx';
import { browserLanguage, type Language, LOCALES, type Problem, TEXTS } from './texts.ts';

/** The page of one link. It only shows until a button is pressed. */
export function ClientPage({ api, languages }: {
  /** Null if the page belongs to no project. */
  api: LinkApi | null;
  languages: readonly string[];
}) {
  const [view, setView] = useState<ClientView | null>(null);
  const [problem, setProblem] = useState<Problem | null>(api === null ? 'no_config' : null);
  const [chosen, setChosen] = useState<Language | null>(null);
  const language = chosen ?? browserLanguage(languages) ?? view?.language ?? 'pl';
  const texts = TEXTS[language];

  /** Returns whether the page shows what is the case now. */
  async function load(): Promise<boolean> {
    if (api === null) return false;
    setProblem(null);
    const shown = await api.show();
    if (shown.ok) {
      setView(shown.value);
      return true;
    }
    setProblem(shown.problem === 'too_late' ? 'failed' : shown.problem);
    if (shown.problem === 'gone') setView(null);
    return false;
  }

  useEffect(() => void load(), []);
  useEffect(() => {
    document.documentElement.lang = language;
    document.title = view === null ? texts.title : `${texts.title} · ${view.salon.name}`;
  }, [language, view]);

  return (
    <div class='client'>
      <header>
        <button
          type='button'
          class='button button--quiet'
          lang={language === 'pl' ? 'en' : 'pl'}
          onClick={() => setChosen(language === 'pl' ? 'en' : 'pl')}
        >
          {texts.otherLanguage}
        </button>
      </header>
      <main class='stack'>
        {view === null && <h1>{texts.title}</h1>}
        {view !== null && <SalonHead salon={view.salon} />}
        {view === null && problem === null && <p role='status'>{texts.loading}</p>}
        {problem !== null && (
          <div role='alert' class='stack'>
            <p class='notice'>{texts.problems[problem]}</p>
            {problem === 'failed' && (
              <button type='button' class='button' onClick={load}>{texts.retry}</button>
            )}
          </div>
        )}
        {api !== null && view?.appointments.map((appointment) => (
          <AppointmentCard
            key={appointment.id}
            appointment={appointment}
            noticeHours={view.noticeHours}
            api={api}
            texts={texts}
            locale={LOCALES[language]}
            reload={load}
          />
        ))}
      </main>
    </div>
  );
}
