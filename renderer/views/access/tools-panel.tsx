/** Below the lists: the last changes, who decides about an IP, and what looks like a slip. */
import { useEffect, useMemo, useState } from 'react';
import { cx } from '../../parts/class-names.ts';
import tabs from '../../parts/tabs/tabs.module.css';
import type { AccessPicture } from '../../store/access-store.ts';
import { changeScreen, useScreen } from '../../store/screen.ts';
import { useConsole } from '../../store/use-console.ts';
import { ChangeLog } from './change-log.tsx';
import { Findings, type FoundEntries } from './findings.tsx';
import { TestIp } from './test-ip.tsx';
import styles from './tools.module.css';
import { words } from './words.ts';

const tools = ['log', 'test', 'findings'] as const;
export type AccessTool = (typeof tools)[number];

/** Looked for when the lists have stood still for a moment: the automaton adds to them all the time. */
const stillMs = 1_500;

function useFindings(picture: AccessPicture): FoundEntries | null {
  const { bridge } = useConsole();
  const [found, setFound] = useState<(FoundEntries & { readonly version: string }) | null>(null);
  const { lists } = picture;
  const people = useMemo(() => peopleVersion(lists), [lists]);
  useEffect(() => {
    let current = true;
    const look = (): void => {
      bridge.request('access.findings', {}).then(
        (answer) => current && setFound({ ...answer, version: people }),
        () => undefined,
      );
    };
    const timer = setTimeout(look, stillMs);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [bridge, people]);
  return found;
}

/** Another text when an entry that a person made came, went or is different. */
function peopleVersion(lists: AccessPicture['lists']): string {
  let entries = 0;
  let latest = 0;
  for (const list of [lists.white, lists.black]) {
    for (const { origin, addedAtMs } of list) {
      if (origin !== 'automatic') {
        entries += 1;
        latest = Math.max(latest, addedAtMs);
      }
    }
  }
  return `${entries} ${latest}`;
}

export function ToolsPanel({ picture }: { readonly picture: AccessPicture }) {
  const open = useScreen((state) => state.accessTool);
  const search = useScreen((state) => state.accessSearch);
  const found = useFindings(picture);
  return (
    <section className={styles.tools} aria-label={words.tools.region} data-open={open ?? undefined}>
      <div className={cx(tabs.tabs, styles.tabs)}>
        {tools.map((tool) => (
          <button
            key={tool}
            type="button"
            className={cx(tabs.tab, open === tool && tabs.chosen)}
            aria-expanded={open === tool}
            aria-pressed={open === tool}
            onClick={() => changeScreen({ accessTool: open === tool ? null : tool })}
          >
            {tool === 'findings' ? words.tools.findings(found?.total ?? 0) : words.tools[tool]}
          </button>
        ))}
      </div>
      {open === 'log' && <ChangeLog revision={picture.revision} search={search} />}
      {open === 'test' && <TestIp revision={picture.revision} />}
      {open === 'findings' && <Findings found={found} />}
    </section>
  );
}
