/** One `[[targets]]` as a form: made of the keys that the engine names, with what each means and what is wrong with it. */
import { useId } from 'react';
import type { ConfigTargetKey } from '../../core/contract/config.ts';
import { targetKeyMeaning } from '../config-edit/key-words.ts';
import { Checkbox } from '../parts/fields/checkbox.tsx';
import { SelectField } from '../parts/fields/select-field.tsx';
import { TextField } from '../parts/fields/text-field.tsx';
import { fieldsOf, listOf, type TargetDraft, withHost } from './target-draft.ts';
import styles from './target-form.module.css';
import { words } from './words.ts';

/** What nearly every host needs; the rest is one click away. */
const first: readonly string[] = ['host', 'path', 'ips', 'warm'];

export interface TargetFormProps {
  readonly keys: readonly ConfigTargetKey[];
  readonly draft: TargetDraft;
  readonly onChange: (draft: TargetDraft) => void;
  readonly faults: ReadonlyMap<string, string>;
  /** It is watched already: its name is not changed. */
  readonly named: boolean;
}

function ChoicesField(props: {
  readonly label: string;
  readonly field: ConfigTargetKey;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly issue: string | null;
}) {
  const { label, field, value, onChange, issue } = props;
  const id = useId();
  const chosen = listOf(value);
  const turn = (option: string): void =>
    onChange((chosen.includes(option) ? chosen.filter((one) => one !== option) : [...chosen, option]).join(', '));
  return (
    <fieldset className={styles.choices} aria-describedby={id}>
      <legend>{label}</legend>
      <div className={styles.options}>
        {field.options.map((option) => {
          const place = chosen.indexOf(option);
          return (
            <span key={option} className={styles.option}>
              <Checkbox label={option} checked={place >= 0} onChange={() => turn(option)} />
              {place >= 0 && chosen.length > 1 && <span className={styles.place}>{place + 1}</span>}
            </span>
          );
        })}
      </div>
      <span id={id} className={issue === null ? styles.below : styles.issue}>
        {issue ?? targetKeyMeaning(field).replace(/: .*?\. /, '. ')}
      </span>
    </fieldset>
  );
}

function Field({ field, form }: { readonly field: ConfigTargetKey; readonly form: TargetFormProps }) {
  const { key, kind, options } = field;
  const { draft, onChange, faults } = form;
  const label = words.labels[key] ?? key;
  const value = draft[key] ?? '';
  const issue = faults.get(key) ?? null;
  const change = (next: string): void => onChange(key === 'host' ? withHost(draft, next) : { ...draft, [key]: next });
  if (kind === 'choices') {
    return <ChoicesField label={label} field={field} value={value} onChange={change} issue={issue} />;
  }
  if (kind === 'choice') {
    const [usual = ''] = options;
    return (
      <SelectField
        label={label}
        value={value || usual}
        options={options.map((option) => ({
          value: option,
          label: option,
          ...(option === usual ? { hint: words.byDefault } : {}),
        }))}
        onChange={change}
      />
    );
  }
  return <TextField label={label} value={value} onChange={change} hint={targetKeyMeaning(field)} issue={issue} />;
}

export function TargetForm(form: TargetFormProps) {
  const fields = fieldsOf(form.keys).filter(({ key }) => key !== 'host' || !form.named);
  const rest = fields.filter(({ key }) => !first.includes(key));
  const general = form.faults.get('');
  const isOpen = rest.some(({ key }) => form.faults.has(key) || (form.draft[key] ?? '') !== '');
  return (
    <div className={styles.form}>
      {general !== undefined && (
        <p className={styles.issue} role="alert">
          {general}
        </p>
      )}
      {fields.map((field) => first.includes(field.key) && <Field key={field.key} field={field} form={form} />)}
      <details className={styles.more} open={isOpen || undefined}>
        <summary>{words.more}</summary>
        <div className={styles.form}>
          {rest.map((field) => (
            <Field key={field.key} field={field} form={form} />
          ))}
        </div>
      </details>
    </div>
  );
}
