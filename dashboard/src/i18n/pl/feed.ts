export const feed = {
  title: 'Subskrypcja kalendarza',
  hint: 'Adres dla Kalendarza Google, Apple lub Outlooka. Kto go zna, widzi terminy wizyt.',
  off: 'Nikt nie subskrybuje tego kalendarza.',
  on: 'Adres działa od {{date}}.',
  create: 'Utwórz adres',
  rotate: 'Wymień adres',
  rotateSure:
    'Wymienić adres? Kalendarze, które go używają, przestaną się odświeżać, dopóki nie dostaną nowego.',
  revoke: 'Wyłącz subskrypcję',
  revokeSure: 'Wyłączyć subskrypcję? Adres przestanie działać we wszystkich kalendarzach.',
  once: 'Skopiuj ten adres teraz: nie pokażemy go drugi raz.',
  address: 'Adres kalendarza',
  copy: 'Kopiuj',
  copied: 'Skopiowano',
  showsClients: 'Pokazuj imiona klientów',
  showsClientsHint: 'Bez tego widać tylko imię zwierzęcia.',
  ownerOnly: 'Adresem zarządza właściciel.',
};
