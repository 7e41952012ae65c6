export const feed = {
  title: 'Calendar subscription',
  hint:
    'An address for Google Calendar, Apple Calendar or Outlook. Anyone with it can see the appointments.',
  off: 'There is no subscription yet.',
  on: 'Active since {{date}}.',
  create: 'Create address',
  rotate: 'Replace address',
  rotateSure:
    'Replace the address? Calendars that use it stop updating until they get the new one.',
  revoke: 'End subscription',
  revokeSure: 'End the subscription? The address stops working in every calendar.',
  once: 'Copy this address now. It will not be shown again.',
  address: 'Calendar address',
  copy: 'Copy',
  copied: 'Copied',
  showsClients: 'Show clients’ first names',
  showsClientsHint: 'Otherwise only the pet’s name.',
  ownerOnly: 'Only an owner can change the address.',
};
