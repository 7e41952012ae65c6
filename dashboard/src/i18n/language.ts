import i18next from 'i18next';

/** The languages of the page, the first one being the default. */
export const LANGUAGES = ['pl', 'en'] as const;

export type Language = typeof LANGUAGES[number];

/** How numbers and dates are written in each. */
export const LOCALES: Readonly<Record<Language, string>> = { pl: 'pl-PL', en: 'en-GB' };

const STORED_AS = 'barkbook-language';

const LOAD = {
  pl: () => import('./pl/index.ts'),
  en: () => import('./en/index.ts'),
};

/** The language chosen in this browser before, or Polish. */
export function storedLanguage(): Language {
  const stored = localStorage.getItem(STORED_AS);
  return LANGUAGES.find((language) => language === stored) ?? LANGUAGES[0];
}

/** Loads a language and speaks it from now on, here and after a reload. */
export async function speak(language: Language): Promise<void> {
  const { messages } = await LOAD[language]();
  if (!i18next.isInitialized) {
    await i18next.init({ fallbackLng: false, interpolation: { escapeValue: false } });
  }
  i18next.addResourceBundle(language, 'translation', messages);
  await i18next.changeLanguage(language);
  localStorage.setItem(STORED_AS, language);
  document.documentElement.lang = language;
}
