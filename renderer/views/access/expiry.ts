/** How long an operator's entry holds. */
export const expiries = ['never', 'hour', 'day', 'week'] as const;
export type Expiry = (typeof expiries)[number];

const spansMs: Readonly<Record<Exclude<Expiry, 'never'>, number>> = {
  hour: 3_600_000,
  day: 86_400_000,
  week: 7 * 86_400_000,
};

export function expiresAt(expiry: Expiry, nowMs: number): number | null {
  return expiry === 'never' ? null : nowMs + spansMs[expiry];
}
