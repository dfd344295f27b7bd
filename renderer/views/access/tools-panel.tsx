/** Below the lists: the last changes, who decides about an IP, and what looks like a slip. */
import { cx } from '../../parts/class-names.ts';
import tabs from '../../parts/tabs/tabs.module.css';
import type { AccessPicture } from '../../store/access-store.ts';
import { changeScreen, useScreen } from '../../store/screen.ts';
import { ChangeLog } from './change-log.tsx';
import { Findings } from './findings.tsx';
import { TestIp } from './test-ip.tsx';
import styles from './tools.module.css';
import type { FoundEntries } from './use-foreseen.ts';
import { words } from './words.ts';

const tools = ['log', 'test', 'findings'] as const;
export type AccessTool = (typeof tools)[number];

export interface ToolsPanelProps {
  readonly picture: AccessPicture;
  readonly found: FoundEntries | null;
}

export function ToolsPanel({ picture, found }: ToolsPanelProps) {
  const open = useScreen((state) => state.accessTool);
  const search = useScreen((state) => state.accessSearch);
  return (
    <section
      className={styles.tools}
      aria-label={words.tools.region}
      data-open={open ?? undefined}
      tabIndex={-1}
      data-panel=""
    >
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
            {tool === 'findings' ? words.tools.findings(found?.total ?? null) : words.tools[tool]}
          </button>
        ))}
      </div>
      {open === 'log' && <ChangeLog revision={picture.revision} search={search} />}
      {open === 'test' && <TestIp revision={picture.revision} />}
      {open === 'findings' && <Findings found={found} />}
    </section>
  );
}
