import i18next, { type TFunction } from 'i18next';
import { type ComponentChildren, createContext } from 'preact';
import { useCallback, useContext, useMemo, useState } from 'preact/hooks';
import { type Language, LOCALES, speak } from './language.ts';

type Spoken = { language: Language; choose(language: Language): void };

const LanguageContext = createContext<Spoken>({ language: 'pl', choose: () => {} });

/** Redraws everything below when the language changes. `initial` must have been loaded. */
export function LanguageProvider(
  { initial, children }: { initial: Language; children: ComponentChildren },
) {
  const [language, setLanguage] = useState(initial);
  const choose = useCallback((chosen: Language) => {
    speak(chosen).then(() => setLanguage(chosen), () => {});
  }, []);
  const spoken = useMemo(() => ({ language, choose }), [language, choose]);
  return <LanguageContext.Provider value={spoken}>{children}</LanguageContext.Provider>;
}

/** The texts of the language that is spoken now. */
export function useT(): TFunction {
  const { language } = useContext(LanguageContext);
  return useMemo(() => i18next.getFixedT(language), [language]);
}

/** The language that is spoken now, how it writes numbers, and a way to change it. */
export function useLanguage(): Spoken & { locale: string } {
  const spoken = useContext(LanguageContext);
  return { ...spoken, locale: LOCALES[spoken.language] };
}
