/** What can be opened, by name. */
export const openingNames = [
  'palette',
  'shortcuts',
  'time-machine',
  'demo-faults',
  'own-host',
  'connection',
  'columns',
  'ip',
  'checks',
  'remedy',
  'pending',
  'difference',
  'paste',
  'sent',
  'acknowledge',
  'event',
  'preset',
  'hosts',
  'display',
  'add-host',
] as const;
export type OpeningName = (typeof openingNames)[number];
