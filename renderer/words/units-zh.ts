/** 数字的写法：按中文习惯；数字与汉字之间用窄的不换行空格，数字与百分号之间不空。 */
import type * as en from './units-en.ts';

const thin = '\u202f';

export const units: typeof en.units = {
  locale: 'zh-Hans',
  dateLocale: 'zh-Hans',
  percent: (figure: string) => `${figure}%`,
  seconds: (figure: string) => `${figure}${thin}秒`,
  minutes: (figure: string) => `${figure}${thin}分钟`,
  hours: (figure: string) => `${figure}${thin}小时`,
  days: (figure: string) => `${figure}${thin}天`,
  minutesAndSeconds: (minutes: string, seconds: string) => `${minutes}${thin}分${thin}${seconds}${thin}秒`,
  hoursAndMinutes: (hours: string, minutes: string) => `${hours}${thin}小时${thin}${minutes}${thin}分`,
  stretch: (from: string, to: string) => `${from} 至 ${to}`,
  named: (name: string, text: string) => `${name}：${text}`,
  clauses: (parts: readonly string[]) => parts.join('；'),
  together: (parts: readonly string[]) => parts.join('、'),
  daysAndHours: (days: string, hours: string) => `${days}${thin}天${thin}${hours}${thin}小时`,
};
