import i18next, { type TFunction } from 'i18next';
import { type ComponentChildren, createContext } from 'preact';
import { useCallback, useContext, useMemo, useState } from 'preact/hooks';
import { type Language, LOCALES, switchLanguage } from './language.ts';

type LanguageChoice = { language: Language; choose(language: Language): void };

const LanguageContext = createContext<LanguageChoice>({ language: 'pl', choose: () => {} });

/** Provides the language and rerenders when it changes. `initial` must have been loaded. */
export function LanguageProvider(
  { initial, children }: { initial: Language; children: ComponentChildren },
) {
  const [language, setLanguage] = useState(initial);
  const choose = useCallback((chosen: Language) => {
    switchLanguage(chosen).then(() => setLanguage(chosen), () => {});
  }, []);
  const choice = useMemo(() => ({ language, choose }), [language, choose]);
  return <LanguageContext.Provider value={choice}>{children}</LanguageContext.Provider>;
}

/** The texts of the current language. */
export function useT(): TFunction {
  const { language } = useContext(LanguageContext);
  return useMemo(() => i18next.getFixedT(language), [language]);
}

/** The current language, its locale, and a function to change it. */
export function useLanguage(): LanguageChoice & { locale: string } {
  const choice = useContext(LanguageContext);
  return { ...choice, locale: LOCALES[choice.language] };
}
