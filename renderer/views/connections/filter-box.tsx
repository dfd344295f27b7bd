/** The filter: words and tokens, completed while they are typed, with what could not be understood marked and explained. */
import { Autocomplete } from '@base-ui/react/autocomplete';
import Search from 'lucide-react/icons/search';
import X from 'lucide-react/icons/x';
import { memo, useId, useRef, useState } from 'react';
import { Button } from '../../parts/button/button.tsx';
import menu from '../../parts/menu/menu.module.css';
import type { FilterIssue } from '../../store/connection-filter.ts';
import { type Completion, completeFilter } from '../../store/filter-completion.ts';
import { useConsole } from '../../store/use-console.ts';
import styles from './filter-box.module.css';
import { words } from './words.ts';

/** The text once more behind what is typed, with a wave under the tokens that are not understood. */
function TokenMarks({ text, issues }: { readonly text: string; readonly issues: readonly FilterIssue[] }) {
  let at = 0;
  return (
    <div className={styles.marks} aria-hidden="true">
      {text.split(/(\s+)/).map((piece) => {
        const key = at;
        at += piece.length;
        const wrong = piece !== '' && issues.some(({ token }) => token === piece);
        return (
          <span key={key} className={wrong ? styles.wrong : undefined}>
            {piece}
          </span>
        );
      })}
    </div>
  );
}

function CompletionItem({ completion }: { readonly completion: Completion }) {
  const { label, begins } = completion;
  return (
    <Autocomplete.Item value={completion} className={menu.item}>
      <code className={styles.completion}>{label}</code>
      {begins !== null && <span className={menu.aside}>{words.tokens[begins]}</span>}
    </Autocomplete.Item>
  );
}

export interface FilterBoxProps {
  readonly text: string;
  readonly issues: readonly FilterIssue[];
  readonly onChange: (text: string) => void;
  /** The operator has done with it, and goes on to what it shows. */
  readonly onLeave: () => void;
}

/** Drawn by the key that is typed, and not once more by what the table makes of it. */
export const FilterBox = memo(function FilterBox({ text, issues, onChange, onLeave }: FilterBoxProps) {
  const issueId = useId();
  const { connections } = useConsole();
  const input = useRef<HTMLInputElement>(null);
  const [open, setOpen] = useState(false);
  const [caret, setCaret] = useState(text.length);
  const completions = open ? completeFilter(text, Math.min(caret, text.length), connections.rows()) : [];
  const [issue] = issues;
  return (
    <div className={styles.search}>
      <Search aria-hidden="true" />
      {issue && <TokenMarks text={text} issues={issues} />}
      <Autocomplete.Root
        items={completions}
        mode="none"
        value={text}
        onValueChange={(next, { reason }) => {
          // After the name of a token its values follow; after a value the operator goes on by himself.
          if (reason === 'item-press') {
            setCaret(next.length);
            setOpen(completions.some(({ text: put, begins }) => put === next && begins !== null));
          } else {
            setCaret(input.current?.selectionStart ?? next.length);
          }
          onChange(next);
        }}
        itemToStringValue={(completion: Completion) => completion.text}
        open={completions.length > 0}
        onOpenChange={(next, { reason }) => {
          if (reason !== 'item-press') {
            setCaret(input.current?.selectionStart ?? text.length);
            setOpen(next);
          }
        }}
      >
        <Autocomplete.Input
          ref={input}
          type="search"
          data-filter=""
          className={styles.searchInput}
          aria-label={words.filter}
          aria-invalid={issue !== undefined}
          aria-describedby={issue ? issueId : undefined}
          placeholder={words.filterPlaceholder}
          spellCheck={false}
          autoComplete="off"
          onKeyDown={(event) => {
            if (completions.length > 0) {
              return;
            }
            if (event.key === 'Escape' && text !== '') {
              onChange('');
            } else if (event.key === 'Escape' || event.key === 'Enter') {
              onLeave();
            }
          }}
        />
        <Autocomplete.Portal>
          <Autocomplete.Positioner className={menu.positioner} sideOffset={4} align="start">
            <Autocomplete.Popup className={menu.popup} aria-label={words.completions}>
              <Autocomplete.List>
                {/* By its place: at the next key it is another's, and only its words change. */}
                {(completion: Completion, index: number) => <CompletionItem key={index} completion={completion} />}
              </Autocomplete.List>
            </Autocomplete.Popup>
          </Autocomplete.Positioner>
        </Autocomplete.Portal>
      </Autocomplete.Root>
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
      {issue && completions.length === 0 && (
        <div id={issueId} className={styles.issue} role="status">
          {issue.token !== '' && <code>{issue.token}</code>} {issue.message}
        </div>
      )}
    </div>
  );
});
