/** The filter: words and tokens, with what could not be understood said under it. */
import Search from 'lucide-react/icons/search';
import X from 'lucide-react/icons/x';
import { useId } from 'react';
import { Button } from '../../parts/button/button.tsx';
import type { FilterIssue } from '../../store/connection-filter.ts';
import styles from './connections.module.css';
import { words } from './words.ts';

export function FilterBox({
  text,
  issues,
  onChange,
}: {
  readonly text: string;
  readonly issues: readonly FilterIssue[];
  readonly onChange: (text: string) => void;
}) {
  const issueId = useId();
  const [issue] = issues;
  return (
    <div className={styles.search}>
      <Search aria-hidden="true" />
      <input
        type="search"
        data-filter=""
        className={styles.searchInput}
        aria-label={words.filter}
        aria-invalid={issue !== undefined}
        aria-describedby={issue ? issueId : undefined}
        placeholder={words.filterPlaceholder}
        spellCheck={false}
        autoComplete="off"
        value={text}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape') {
            onChange('');
          }
        }}
      />
      {text !== '' && (
        <Button
          look="quiet"
          small
          className={styles.searchClear}
          icon={<X aria-hidden="true" />}
          aria-label={words.clearFilter}
          onClick={() => onChange('')}
        />
      )}
      {issue && (
        <div id={issueId} className={styles.issue} role="status">
          <code>{issue.token}</code> {issue.message}
        </div>
      )}
    </div>
  );
}
