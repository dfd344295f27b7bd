/** What the operator looks for: words, levels, kind, host, IP and range. */
import { eventKinds } from '../../../core/contract/event-kinds.ts';
import { type EventLevel, eventLevels } from '../../../core/contract/events.ts';
import { Button } from '../../parts/button/button.tsx';
import { cx } from '../../parts/class-names.ts';
import fields from '../../parts/fields/fields.module.css';
import { SelectField } from '../../parts/fields/select-field.tsx';
import { type EventFilter, isNoIp, type RangeName, ranges } from '../../store/events-screen.ts';
import { useSession } from '../../store/use-console.ts';
import styles from './events.module.css';
import { words } from './words.ts';

/** Debug events are in the log alone. */
const shownLevels = eventLevels.filter((level) => level !== 'debug');
/** What kinds begin with. */
const subjects = [...new Set(Object.keys(eventKinds).map((kind) => kind.split('.')[0] ?? kind))].sort();

interface FilterBarProps {
  readonly filter: EventFilter;
  readonly range: RangeName;
  readonly onFilter: (change: Partial<EventFilter>) => void;
  readonly onRange: (range: RangeName) => void;
}

export function FilterBar({ filter, range, onFilter, onRange }: FilterBarProps) {
  const hosts = useSession()?.hosts ?? [];
  const toggle = (level: EventLevel): void => {
    const { levels } = filter;
    onFilter({ levels: levels.includes(level) ? levels.filter((one) => one !== level) : [...levels, level] });
  };
  // One that was narrowed to from an event need not be a whole subject, nor a host that is still watched.
  const kinds =
    filter.kind === null || subjects.some((one) => one === filter.kind) ? subjects : [filter.kind, ...subjects];
  const hostNames = [...new Set([...(filter.host === null ? [] : [filter.host]), ...hosts.map(({ host }) => host)])];
  return (
    <search className={styles.bar}>
      <input
        className={cx(fields.input, styles.search)}
        type="search"
        data-filter
        aria-label={words.filter.text}
        placeholder={words.filter.text}
        value={filter.text}
        maxLength={200}
        onChange={({ target }) => onFilter({ text: target.value })}
      />
      <fieldset className={styles.levels} aria-label={words.filter.levels}>
        {shownLevels.map((level) => (
          <Button key={level} small look="quiet" pressed={filter.levels.includes(level)} onClick={() => toggle(level)}>
            {words.levels[level]}
          </Button>
        ))}
      </fieldset>
      <SelectField
        label={words.filter.kind}
        hideLabel
        value={filter.kind ?? ''}
        options={[{ value: '', label: words.filter.allKinds }, ...kinds.map((value) => ({ value, label: value }))]}
        onChange={(kind) => onFilter({ kind: kind === '' ? null : kind })}
        className={styles.select}
      />
      <SelectField
        label={words.filter.host}
        hideLabel
        value={filter.host ?? ''}
        options={[{ value: '', label: words.filter.allHosts }, ...hostNames.map((value) => ({ value, label: value }))]}
        onChange={(host) => onFilter({ host: host === '' ? null : host })}
        className={styles.select}
      />
      <input
        className={cx(fields.input, styles.ip)}
        aria-label={words.filter.ip}
        aria-invalid={isNoIp(filter)}
        title={isNoIp(filter) ? words.noIp(filter.ip.trim()) : undefined}
        placeholder={words.filter.ip}
        spellCheck={false}
        value={filter.ip}
        maxLength={64}
        onChange={({ target }) => onFilter({ ip: target.value })}
      />
      <SelectField
        label={words.filter.range}
        hideLabel
        value={range}
        options={(Object.keys(ranges) as RangeName[]).map((value) => ({ value, label: words.ranges[value] }))}
        onChange={onRange}
        className={styles.narrow}
      />
    </search>
  );
}
