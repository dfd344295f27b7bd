/** How figures are written in English: by locale, and with a narrow no-break space before their unit. */
const thin = '\u202f';

export const units = {
  locale: 'en',
  /** The day before the month: no room is left for doubt. */
  dateLocale: 'en-GB',
  percent: (figure: string) => `${figure}${thin}%`,
  seconds: (figure: string) => `${figure}${thin}s`,
  minutes: (figure: string) => `${figure}${thin}min`,
  hours: (figure: string) => `${figure}${thin}h`,
  days: (figure: string) => `${figure}${thin}d`,
  minutesAndSeconds: (minutes: string, seconds: string) => `${minutes}${thin}min ${seconds}${thin}s`,
  hoursAndMinutes: (hours: string, minutes: string) => `${hours}${thin}h ${minutes}${thin}min`,
  stretch: (from: string, to: string) => `${from} to ${to}`,
  named: (name: string, text: string) => `${name}: ${text}`,
  clauses: (parts: readonly string[]) => parts.join('; '),
  together: (parts: readonly string[]) => parts.join(', '),
  daysAndHours: (days: string, hours: string) => `${days}${thin}d ${hours}${thin}h`,
};
