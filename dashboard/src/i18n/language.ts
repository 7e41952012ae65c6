import i18next from 'i18next';

/** The languages of the page; the first one is the default. */
export const LANGUAGES = ['pl', 'en'] as const;

export type Language = typeof LANGUAGES[number];

/** The locale for numbers and dates of each language. */
export const LOCALES: Readonly<Record<Language, string>> = { pl: 'pl-PL', en: 'en-GB' };

const STORAGE_KEY = 'barkbook-language';

const LOAD = {
  pl: () => import('./pl/index.ts'),
  en: () => import('./en/index.ts'),
};

/** The language that was chosen in this browser, or Polish. */
export function storedLanguage(): Language {
  const stored = localStorage.getItem(STORAGE_KEY);
  return LANGUAGES.find((language) => language === stored) ?? LANGUAGES[0];
}

/** Loads a language and switches to it, also for later visits. */
export async function switchLanguage(language: Language): Promise<void> {
  const { messages } = await LOAD[language]();
  if (!i18next.isInitialized) {
    await i18next.init({ fallbackLng: false, interpolation: { escapeValue: false } });
  }
  i18next.addResourceBundle(language, 'translation', messages);
  await i18next.changeLanguage(language);
  localStorage.setItem(STORAGE_KEY, language);
  document.documentElement.lang = language;
}
