/** What is pressed, chosen and written in. */
import Flame from 'lucide-react/icons/flame';
import { useState } from 'react';
import { Button, type ButtonProps } from '../parts/button/button.tsx';
import { Checkbox } from '../parts/fields/checkbox.tsx';
import { Chips } from '../parts/fields/chips.tsx';
import { MultiSelectField } from '../parts/fields/multi-select-field.tsx';
import { NumberField } from '../parts/fields/number-field.tsx';
import { SelectField } from '../parts/fields/select-field.tsx';
import { TextAreaField } from '../parts/fields/text-area-field.tsx';
import { TextField } from '../parts/fields/text-field.tsx';
import { KeyCap } from '../parts/key-cap/key-cap.tsx';
import styles from './gallery.module.css';

const looks = [
  'plain',
  'primary',
  'quiet',
  'danger',
  'link',
  'entry',
] as const satisfies readonly ButtonProps['look'][];

export function ButtonStates() {
  return (
    <>
      {looks.map((look) => (
        <div key={look} className={styles.row}>
          <Button look={look}>{look}</Button>
          {look !== 'link' && look !== 'entry' && (
            <>
              <Button look={look} icon={<Flame aria-hidden="true" />}>
                with icon
              </Button>
              <Button look={look} icon={<Flame aria-hidden="true" />} aria-label={`${look}: icon alone`} />
            </>
          )}
          <Button look={look} small>
            small
          </Button>
          <Button look={look} pressed>
            pressed
          </Button>
          <Button look={look} disabled>
            disabled
          </Button>
          <Button look={look} aria-busy="true" disabled>
            busy
          </Button>
          <Button look={look} obstacle="The engine cannot be reached">
            with a reason
          </Button>
        </div>
      ))}
      <div className={styles.row}>
        <KeyCap label="Ctrl K" />
        <KeyCap label="?" />
      </div>
    </>
  );
}

const protocols = ['h2', 'http/1.1'] as const;

export function FieldStates() {
  const [text, setText] = useState('edge.demo.test');
  const [number, setNumber] = useState(16);
  const [protocol, setProtocol] = useState<(typeof protocols)[number]>('h2');
  const [several, setSeveral] = useState<readonly (typeof protocols)[number][]>(['h2']);
  const [checked, setChecked] = useState(true);
  const options = protocols.map((value) => ({ value, label: value }));
  return (
    <div className={styles.columns}>
      <TextField label="Host" value={text} onChange={setText} hint="A name or an address, with a port if not 443" />
      <TextField label="Host" value="edge..test" onChange={setText} issue="edge..test is no host name" />
      <TextField label="Empty" value="" onChange={setText} placeholder="10.0.0.0/8" />
      <NumberField label="Concurrency" value={number} min={1} max={50} suffix="at once" onChange={setNumber} />
      <NumberField label="Disabled" value={8} min={1} max={50} disabled onChange={setNumber} />
      <SelectField label="Protocol" value={protocol} options={options} onChange={setProtocol} />
      <MultiSelectField
        label="Protocols"
        values={several}
        options={options}
        onChange={setSeveral}
        summary={(chosen) => `${chosen} chosen`}
        all={(there) => `all ${there}`}
      />
      <Chips label="Protocol" options={options} value={protocol} onChange={setProtocol} />
      <Chips label="In a head" look="segments" options={options} value={protocol} onChange={setProtocol} />
      <Chips label="Parts of a view" look="tabs" options={options} value={protocol} onChange={setProtocol} />
      <TextAreaField label="Headers" value={'accept: text/html\nx-probe: 1'} rows={3} onChange={setText} />
      <TextAreaField label="Headers" value="accept" rows={3} issue="line 1 has no colon" onChange={setText} />
      <Checkbox label="Desktop notifications" checked={checked} onChange={setChecked} />
      <Checkbox label="With a note" note="asks the browser first" checked={!checked} onChange={setChecked} />
    </div>
  );
}
