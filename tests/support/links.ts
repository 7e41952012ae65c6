/** Addresses that the operator allows in {@link LINKS}. */
export const ALLOWED_LINKS = ['psistyl.pl', 'facebook.com/psistyl'];

/** Texts, and the link in them that is not allowed; null if there is none. */
export const LINKS: [text: string, link: string | null][] = [
  ['Do zobaczenia jutro o 10:00. Psi Styl, ul. Długa 5.', null],
  ['Godz. 10.30, 24.11.2026, tel. 600-100-200, A/B, 5.0', null],
  ['Cennik: https://www.psistyl.pl/cennik?a=1#b.', null],
  ['Zapraszamy (psistyl.pl), facebook.com/psistyl', null],
  ['PSISTYL.PL', null],
  ['https://evil.example', 'https://evil.example'],
  ['Wejdź na evil.pl!', 'evil.pl'],
  ['www.evil.pl/x,', 'www.evil.pl/x'],
  ['ftp://localhost', 'ftp://localhost'],
  ['psistyl.pl.evil.example', 'psistyl.pl.evil.example'],
  ['https://psistyl.pl@evil.example', 'https://psistyl.pl@evil.example'],
  ['psistyl.plus', 'psistyl.plus'],
  ['facebook.com/evil', 'facebook.com/evil'],
  ['evil.рф', 'evil.рф'],
  ['evil。pl', 'evil。pl'],
  ['jutro.Zapraszamy', 'jutro.zapraszamy'],
  ['Wejdź na 203.0.113.7!', '203.0.113.7'],
  ['203.0.113.7/x', '203.0.113.7/x'],
  ['x:203.0.113.7:8080', 'x:203.0.113.7:8080'],
  ['203。0.113․7', '203。0.113.7'],
  ['２０３.0.113.7', '203.0.113.7'],
  ['evil.ﬁ/x', 'evil.fi/x'],
  ['evil.þ', 'evil.þ'],
  ['evil.ǆ', 'evil.dž'],
  ['24.11.26.10', '24.11.26.10'],
  ['Dnia 12.10.2026 o 10.30, tel. 48.600.100.200, 1.2.3, 256.1.1.1', null],
];
