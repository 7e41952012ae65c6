import { type Language, LANGUAGES } from '../i18n/language.ts';
import { useLanguage, useT } from '../i18n/use-language.tsx';

/** Each language has its own name, for people who do not read the other one. */
const NAMES: Readonly<Record<Language, string>> = { pl: 'Polski', en: 'English' };

/** Changes the language of the page. */
export function LanguageSwitch() {
  const t = useT();
  const { language, choose } = useLanguage();
  return (
    <div class='language' role='group' aria-label={t('app.language')}>
      {LANGUAGES.map((each) => (
        <button
          key={each}
          type='button'
          lang={each}
          aria-pressed={each === language}
          onClick={() => choose(each)}
        >
          {NAMES[each]}
        </button>
      ))}
    </div>
  );
}
