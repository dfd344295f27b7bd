import { Hint } from '../../parts/tooltip/tooltip.tsx';

/** A figure's name; pointed at, it says what it means. */
export function Explained({ meaning, children }: { readonly meaning: string | undefined; readonly children: string }) {
  return meaning === undefined ? (
    children
  ) : (
    <Hint text={meaning}>
      <span>{children}</span>
    </Hint>
  );
}
