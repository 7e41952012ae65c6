export const feed = {
  title: 'Calendar subscription',
  hint:
    'An address for Google’s, Apple’s or Outlook’s calendar. Who knows it sees the appointments.',
  off: 'Nobody subscribes to this calendar.',
  on: 'The address works since {{date}}.',
  create: 'Make an address',
  rotate: 'Replace the address',
  rotateSure:
    'Replace the address? Calendars that use it stop updating until they get the new one.',
  revoke: 'End the subscription',
  revokeSure: 'End the subscription? The address stops working in every calendar.',
  once: 'Copy this address now: it is not shown again.',
  address: 'Address of the calendar',
  copy: 'Copy',
  copied: 'Copied',
  showsClients: 'Show first names of clients',
  showsClientsHint: 'Otherwise only the name of the pet.',
  ownerOnly: 'The owner manages the address.',
};
