/** Numbers, shares, times and sizes as an operator reads them. A narrow no-break space stands before a unit. */
const thin = '\u202f';
export const none = '–';

const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });
const oneDigit = new Intl.NumberFormat('en', { minimumFractionDigits: 1, maximumFractionDigits: 1 });
const twoDigits = new Intl.NumberFormat('en', { minimumFractionDigits: 2, maximumFractionDigits: 2 });

export function count(value: number | null): string {
  return value === null ? none : whole.format(value);
}

/** 0 to 1 as per cent, without the sign: `99.2`; whole at both ends. Never rounded up to 100. */
export function percentFigure(share: number | null): string {
  if (share === null) {
    return none;
  }
  const rounded = Math.round(share * 1_000) / 10;
  const percent = rounded === 100 && share < 1 ? 99.9 : rounded;
  return percent === 100 || percent === 0 ? whole.format(percent) : oneDigit.format(percent);
}

/** `71 %`, `99.2 %`: a share in a sentence. */
export function percent(share: number | null): string {
  return share === null ? none : `${percentFigure(share).replace(/\.0$/, '')}${thin}%`;
}

/** Milliseconds without the unit, with as many digits as say something. */
export function millisecondsFigure(ms: number | null): string {
  if (ms === null) {
    return none;
  }
  if (ms >= 100) {
    return whole.format(ms);
  }
  if (ms === 0) {
    return '0';
  }
  if (ms < 0.01) {
    return '<0.01';
  }
  return ms >= 1 ? oneDigit.format(ms) : twoDigits.format(ms);
}

export function milliseconds(ms: number | null): string {
  return ms === null ? none : `${millisecondsFigure(ms)}${thin}ms`;
}

export function rate(perSecond: number | null): string {
  if (perSecond === null) {
    return none;
  }
  return perSecond >= 100 || Number.isInteger(perSecond) ? whole.format(perSecond) : oneDigit.format(perSecond);
}

const pad = (value: number): string => String(value).padStart(2, '0');

/** `1:47`, `2:14:07`: an age that is read beside others. */
export function stopwatch(ms: number | null): string {
  if (ms === null) {
    return none;
  }
  const seconds = Math.max(0, Math.floor(ms / 1_000));
  const hours = Math.floor(seconds / 3_600);
  const minutes = Math.floor(seconds / 60) % 60;
  return hours > 0 ? `${hours}:${pad(minutes)}:${pad(seconds % 60)}` : `${minutes}:${pad(seconds % 60)}`;
}

/** `40 s`, `41 min`, `2 h 14 min`, `3 d 4 h`: a time span in a sentence. */
export function span(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1_000));
  if (seconds < 60) {
    return `${seconds}${thin}s`;
  }
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) {
    return minutes < 3 && seconds % 60 > 0 ? `${minutes}${thin}min ${seconds % 60}${thin}s` : `${minutes}${thin}min`;
  }
  const hours = Math.floor(minutes / 60);
  if (hours < 24) {
    return minutes % 60 > 0 ? `${hours}${thin}h ${minutes % 60}${thin}min` : `${hours}${thin}h`;
  }
  const days = Math.floor(hours / 24);
  return hours % 24 > 0 ? `${days}${thin}d ${hours % 24}${thin}h` : `${days}${thin}d`;
}

/** How long something took: with a tenth of a second while that says something. */
export function took(ms: number): string {
  return ms < 10_000 ? `${oneDigit.format(ms / 1_000)}${thin}s` : span(ms);
}

/** `40 s`, `41 min`, `19 h`, `3 d`: the largest unit alone, where a column is narrow. */
export function coarseSpan(ms: number): string {
  return span(ms).split(' ')[0] ?? '';
}

/** `14:31:07` by this machine's zone. */
export function timeOfDay(epochMs: number): string {
  const date = new Date(epochMs);
  return `${pad(date.getHours())}:${pad(date.getMinutes())}:${pad(date.getSeconds())}`;
}

/** `14:31`. */
export function hourAndMinute(epochMs: number): string {
  return timeOfDay(epochMs).slice(0, 5);
}

const sizes = ['B', 'kB', 'MB', 'GB', 'TB'] as const;

export function bytes(value: number): string {
  let size = value;
  let unit = 0;
  while (size >= 1_000 && unit < sizes.length - 1) {
    size /= 1_000;
    unit += 1;
  }
  const figure = unit === 0 || size >= 100 ? whole.format(size) : oneDigit.format(size);
  return `${figure}${thin}${sizes[unit] ?? 'B'}`;
}

/** `1 connection`, `12 connections`. */
export function plural(value: number, one: string, many = `${one}s`): string {
  return `${count(value)} ${value === 1 ? one : many}`;
}
