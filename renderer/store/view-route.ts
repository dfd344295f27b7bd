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

/** `['alerts', '7']` of `#/alerts/7`. */
function segments(hash: string): string[] {
  return hash.replace(/^#\/?/, '').split('/');
}

export function viewOf(hash: string): ViewName {
  const [name] = segments(hash);
  return viewNames.find((view) => view === name) ?? 'overview';
}

/** What of the view is asked for; null when nothing is. */
export function partOf(hash: string): string | null {
  return segments(hash)[1] || null;
}

/** Where a view, or a part of it, is. */
export function addressOf(view: ViewName, part: string | null = null): string {
  return part === null ? `#/${view}` : `#/${view}/${part}`;
}

export function goTo(view: ViewName, part: string | null = null): void {
  if (viewOf(location.hash) !== view || location.hash === '' || part !== null) {
    location.hash = addressOf(view, part);
  }
}
