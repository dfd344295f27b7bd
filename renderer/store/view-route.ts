/** Which view is shown: it stands in the address's fragment, so that back, forward and reload work. */
export const viewNames = [
  'overview',
  'connections',
  'warm-up',
  'health',
  'access',
  'requests',
  'alerts',
  'events',
  'settings',
] as const;
export type ViewName = (typeof viewNames)[number];

/** `['alerts', '7']` of `#/alerts/7?at=…`. */
function segments(hash: string): string[] {
  return (hash.replace(/^#\/?/, '').split('?')[0] ?? '').split('/');
}

export function viewOf(hash: string): ViewName {
  const [name] = segments(hash);
  return viewNames.find((view) => view === name) ?? 'overview';
}

/** The view that an address asks for, where the console has none of this name; null when it has, or none is asked for. */
export function unknownView(hash: string): string | null {
  const [name = ''] = segments(hash);
  return !/^[\w-]+$/.test(name) || viewNames.some((view) => view === name) ? null : name;
}

/** What of the view is asked for; null when nothing is. */
export function partOf(hash: string): string | null {
  return segments(hash)[1] || null;
}

/** Parts of the settings beside the keys, which are asked for by their paths. */
export const displayPart = 'display';
export const hostsPart = 'hosts';
export const warningsPart = 'warnings';

/** Where a view, or a part of it, is. */
export function addressOf(view: ViewName, part: string | null = null): string {
  return part === null ? `#/${view}` : `#/${view}/${part}`;
}

export function goTo(view: ViewName, part: string | null = null): void {
  if (viewOf(location.hash) !== view || location.hash === '' || part !== null) {
    location.hash = addressOf(view, part);
  }
}

/** The moment of the past that `#/health?at=2026-01-31T14:09:31Z` asks for; null when it asks for none. */
export function momentOf(hash: string): number | null {
  const at = new URLSearchParams(hash.split('?')[1] ?? '').get('at');
  const atMs = at === null ? Number.NaN : Date.parse(at);
  return Number.isNaN(atMs) ? null : atMs;
}

/** What an address has in place of a moment of the past, where that is none; null when it is one, or none is asked for. */
export function unreadMoment(hash: string, presentMs: number): string | null {
  const at = new URLSearchParams(hash.split('?')[1] ?? '').get('at');
  const atMs = momentOf(hash);
  return at === null || (atMs !== null && atMs <= presentMs) ? null : at;
}

/** The same address with another moment, to the second; null: with none. */
export function withMoment(hash: string, atMs: number | null): string {
  const [place = ''] = hash.split('?');
  const at = atMs === null ? '' : `?at=${new Date(atMs).toISOString().replace(/\.\d+Z$/, 'Z')}`;
  return `${place === '' ? '#/overview' : place}${at}`;
}
