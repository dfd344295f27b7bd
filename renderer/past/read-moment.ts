/** A moment as an operator writes it, by this machine's zone. */
const pad = (value: number): string => String(value).padStart(2, '0');

const unitsMs: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, min: 60_000, h: 3_600_000, d: 86_400_000 };
const dayMs = 86_400_000;

/** `2026-01-31 14:09:31`. */
export function writeMoment(atMs: number): string {
  const date = new Date(atMs);
  const day = `${date.getFullYear()}-${pad(date.getMonth() + 1)}-${pad(date.getDate())}`;
  return `${day} ${pad(date.getHours())}:${pad(date.getMinutes())}:${pad(date.getSeconds())}`;
}

/**
 * `14:09` and `14:09:31` (today, or yesterday where it has not come today), `yesterday 14:09`, `2026-01-31 14:09`, `-2h`,
 * and what ISO 8601 allows. null for anything else.
 */
export function readMoment(text: string, presentMs: number): number | null {
  const written = text.trim().toLowerCase();
  const ago = /^-\s*(\d+)\s*(s|m|min|h|d)$/.exec(written);
  if (ago) {
    return presentMs - Number(ago[1]) * (unitsMs[ago[2] ?? ''] ?? 0);
  }
  const time = /^(yesterday\s+|昨天\s*)?(\d{1,2}):(\d{2})(?::(\d{2}))?$/.exec(written);
  if (time) {
    const [, yesterday, hours, minutes, seconds = '0'] = time;
    return yesterday === undefined
      ? ([0, dayMs]
          .map((backMs) => timeOf(presentMs - backMs, hours, minutes, seconds))
          .find((at) => at !== null && at <= presentMs) ?? null)
      : timeOf(presentMs - dayMs, hours, minutes, seconds);
  }
  const [, day = ''] = /^(\d{4}-\d{2}-\d{2})[ t]\d{1,2}:\d{2}/.exec(written) ?? [];
  const atMs = isDay(day) ? new Date(text.trim()).getTime() : Number.NaN;
  return Number.isNaN(atMs) ? null : atMs;
}

/** Whether the calendar has it: a `Date` of the 31st of February is one in March. */
function isDay(day: string): boolean {
  const date = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(day);
}

/** On the day that `dayOfMs` lies in; null for a time that no day has. */
function timeOf(dayOfMs: number, hours = '', minutes = '', seconds = ''): number | null {
  if (Number(hours) > 23 || Number(minutes) > 59 || Number(seconds) > 59) {
    return null;
  }
  return new Date(dayOfMs).setHours(Number(hours), Number(minutes), Number(seconds), 0);
}
