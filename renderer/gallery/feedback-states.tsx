/** What says something: banners, empty places, waiting places, editors with faults. */
import { lazy, Suspense, useState } from 'react';
import { Button } from '../parts/button/button.tsx';
import { Banner, Empty, SkeletonLines, SkeletonRows } from '../parts/feedback/feedback.tsx';
import { LineEditor } from '../parts/line-editor/line-editor.tsx';
import { Panel } from '../parts/panel/panel.tsx';
import styles from './gallery.module.css';

const CodeEditor = lazy(() => import('../parts/code-editor/code-editor.tsx'));

export function FeedbackStates() {
  return (
    <>
      <Banner tone="bad" urgent actions={<Button small>Try now</Button>}>
        <strong>The engine cannot be reached.</strong> What you see is 14 s old.
      </Banner>
      <Banner tone="warn">The file has changed meanwhile.</Banner>
      <Banner tone="info">A moment of the past is shown.</Banner>
      <div className={styles.columns}>
        <Panel title="Empty" aside="nothing yet">
          <Empty title="No connection is open" actions={<Button look="primary">Warm up…</Button>}>
            Warm up a host and every connection appears here.
          </Empty>
        </Panel>
        <Panel title="Loading">
          <SkeletonLines count={6} />
        </Panel>
        <Panel title="Loading a table">
          <SkeletonRows count={4} height="var(--row-small)" head="var(--row-small)" />
        </Panel>
        <Panel title="With tools" tools={<Button small>Change…</Button>}>
          As high a head as without.
        </Panel>
      </div>
    </>
  );
}

const toml =
  '# as much as this machine bears\n[pool]\nmax_connections = "many"\nlog_level = "info"\n\n[[targets]]\nhost = "edge.demo.test"\nwarm = 20\n';

export function EditorStates() {
  const [text, setText] = useState(toml);
  const [list, setList] = useState('10.0.0.1\n10.0.0.300\n2001:db8::1');
  return (
    <div className={styles.columns}>
      <div className={styles.open} style={{ display: 'flex' }}>
        <Suspense fallback={<SkeletonLines count={6} />}>
          <CodeEditor
            label="hotpool.toml"
            value={text}
            onChange={setText}
            faults={[{ line: 3, column: 19, message: '"many" is no whole number' }]}
            complete={() => null}
            explain={() => null}
          />
        </Suspense>
      </div>
      <LineEditor
        label="IPs"
        value={list}
        onChange={setList}
        issues={new Map([[2, '300 is not 0 to 255']])}
        lineName={(line) => `line ${line}:`}
      />
    </div>
  );
}
