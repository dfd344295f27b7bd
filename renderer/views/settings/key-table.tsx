/** Every key as a line of a form: what it means, its value, what is allowed, its default. */
import { type RefObject, useEffect, useRef } from 'react';
import type { ConfigFault, ConfigKey, ConfigValue } from '../../../core/contract/config.ts';
import { useEditObstacle } from '../../actions/use-action.tsx';
import { typedOf } from '../../base/field-value.ts';
import { fieldFault, fileUnit } from '../../config-edit/field-fault.ts';
import { KeyField } from '../../config-edit/key-field.tsx';
import { keyAllowed, keyMeaning } from '../../config-edit/key-words.ts';
import { words as changeWords } from '../../config-edit/words.ts';
import { Button } from '../../parts/button/button.tsx';
import { cx } from '../../parts/class-names.ts';
import { Empty } from '../../parts/feedback/feedback.tsx';
import { typeValue, useSettingsDraft } from '../../store/settings-draft.ts';

import styles from './settings.module.css';
import { words } from './words.ts';

/** `0.1–300 s`: what lies between two figures needs no sentence; null of other values. */
function rangeOf({ hard, kind, unit }: ConfigKey): string | null {
  return hard === null
    ? null
    : words.range(...hard, kind === 'seconds' ? changeWords.units.s : unit === 'MB' ? unit : '');
}

/** The line of a key that was asked for is brought into sight, with the focus in its field. */
function useAsked(asked: boolean): RefObject<HTMLTableRowElement | null> {
  const rowRef = useRef<HTMLTableRowElement>(null);
  useEffect(() => {
    if (asked) {
      rowRef.current?.scrollIntoView({ block: 'center' });
      rowRef.current?.querySelector<HTMLElement>('td :is(input, button)')?.focus({ preventScroll: true });
    }
  }, [asked]);
  return rowRef;
}

interface KeyRowProps {
  readonly config: ConfigKey;
  /** What the draft says apart from what is typed here. */
  readonly value: ConfigValue;
  readonly asked: boolean;
  readonly fault: ConfigFault | undefined;
}

function KeyRow({ config, value, asked, fault: told }: KeyRowProps) {
  const rowRef = useAsked(asked);
  const text = useSettingsDraft((draft) => draft.typed[config.path]);
  const typed = text === undefined ? typedOf(value) : (text ?? typedOf(config.default));
  const changed = typed !== typedOf(config.value);
  const { recommended } = config;
  const obstacle = useEditObstacle();
  const fault = told && fieldFault(config, typed, fileUnit(config), told);
  return (
    <tr ref={rowRef} className={cx(changed && styles.changed, asked && styles.asked)}>
      <th scope="row">
        <span className={styles.name}>{config.path.slice(config.path.indexOf('.') + 1)}</span>
        <span className={styles.meaning}>
          {config.applies === 'reconnect' ? words.reconnects(keyMeaning(config)) : keyMeaning(config)}
        </span>
      </th>
      <td>
        <KeyField config={config} typed={typed} fault={fault} onType={(next) => typeValue(config.path, next)} />
        {fault !== undefined && <span className={styles.fault}>{fault}</span>}
      </td>
      <td className={styles.range} title={keyAllowed(config)}>
        {rangeOf(config) ?? keyAllowed(config)}
        {recommended && <span className={styles.quiet}> {words.recommended(...recommended)}</span>}
      </td>
      <td className={styles.default}>
        {typed === typedOf(config.default) ? (
          typedOf(config.default)
        ) : (
          <Button
            look="link"
            aria-label={words.reset(config.path, typedOf(config.default))}
            obstacle={obstacle}
            title={obstacle ?? undefined}
            onClick={() => typeValue(config.path, null)}
          >
            {typedOf(config.default) || words.resetShort}
          </Button>
        )}
      </td>
    </tr>
  );
}

/** `pool`, `dial`, … in the order of the file. */
function sections(keys: readonly ConfigKey[]): ReadonlyMap<string, readonly ConfigKey[]> {
  return Map.groupBy(keys, ({ path }) => path.slice(0, Math.max(0, path.indexOf('.'))));
}

export function KeyTable({
  keys,
  values,
  asked,
  faults,
}: {
  readonly keys: readonly ConfigKey[];
  /** By path, what a draft of the file says; null: what is in force. */
  readonly values: Readonly<Record<string, ConfigValue>> | null;
  /** The path of the key that is to be shown; null: none. */
  readonly asked: string | null;
  readonly faults: readonly ConfigFault[];
}) {
  const search = useSettingsDraft((draft) => draft.search).toLowerCase();
  const shown = keys.filter((key) => `${key.path} ${keyMeaning(key)}`.toLowerCase().includes(search));
  const faultOf = new Map(faults.map((fault) => [fault.path, fault]));
  if (shown.length === 0) {
    return <Empty title={words.noneFit} />;
  }
  return (
    <table className={styles.keys}>
      <thead>
        <tr>
          <th scope="col">{words.columns.key}</th>
          <th scope="col">{words.columns.value}</th>
          <th scope="col">{words.columns.range}</th>
          <th scope="col">{words.columns.default}</th>
        </tr>
      </thead>
      {[...sections(shown)].map(([section, ofSection]) => (
        <tbody key={section}>
          <tr>
            <th scope="rowgroup" colSpan={4} className={styles.section}>
              [{section}]
            </th>
          </tr>
          {ofSection.map((config) => (
            <KeyRow
              key={config.path}
              config={config}
              value={values?.[config.path] ?? config.value}
              asked={config.path === asked}
              fault={faultOf.get(config.path)}
            />
          ))}
        </tbody>
      ))}
    </table>
  );
}
