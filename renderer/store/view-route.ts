/** Which view is shown: it stands in the address's fragment, so that back, forward and reload work. */
export const viewNames = ['overview', 'connections', 'warm-up', 'access', 'settings'] as const;
export type ViewName = (typeof viewNames)[number];

export function viewOf(hash: string): ViewName {
  const name = hash.replace(/^#\/?/, '');
  return viewNames.find((view) => view === name) ?? 'overview';
}

export function goTo(view: ViewName): void {
  if (viewOf(location.hash) !== view || location.hash === '') {
    location.hash = `#/${view}`;
  }
}
