/** Faults of the demo: choose one and where, see what is on, switch it off. */
import { useState } from 'react';
import { type DemoFault, type DemoPicture, demoFaults } from '../../core/contract/demo.ts';
import { setDemoFault } from '../actions/demo-actions.ts';
import { ActionButton } from '../actions/use-action.tsx';
import { Button } from '../parts/button/button.tsx';
import { Dialog } from '../parts/dialog/dialog.tsx';
import { Empty } from '../parts/feedback/feedback.tsx';
import { Chips } from '../parts/fields/chips.tsx';
import { NumberField } from '../parts/fields/number-field.tsx';
import { SelectField } from '../parts/fields/select-field.tsx';
import { TextField } from '../parts/fields/text-field.tsx';
import { listOf } from '../targets/target-draft.ts';
import { together } from '../words/format.ts';
import styles from './demo.module.css';
import { useDemo } from './use-demo.ts';
import { words } from './words.ts';

const text = words.faults;
const places = ['some', 'ips', 'all'] as const;
type Place = (typeof places)[number];
const everyHost = '*';

interface Wish {
  readonly fault: DemoFault;
  readonly host: string;
  readonly place: Place;
  readonly count: number;
  readonly ips: string;
}

function inputOf({ fault, host, place, count, ips }: Wish) {
  return {
    fault,
    host: host === everyHost ? null : host,
    count: place === 'some' ? count : null,
    ips: place === 'ips' ? listOf(ips) : null,
  };
}

function NewFault({ hosts, onDone }: { readonly hosts: DemoPicture['hosts']; readonly onDone: () => void }) {
  const [wish, setWish] = useState<Wish>({ fault: '403', host: everyHost, place: 'some', count: 3, ips: '' });
  const change = (part: Partial<Wish>): void => setWish((before) => ({ ...before, ...part }));
  const all = hosts.reduce((sum, { endpoints }) => sum + endpoints, 0);
  const endpoints = hosts.find(({ host }) => host === wish.host)?.endpoints ?? all;
  return (
    <div className={styles.form}>
      <div className={styles.pair}>
        <SelectField
          label={text.fault}
          value={wish.fault}
          options={demoFaults.map((value) => ({ value, label: text.names[value] }))}
          onChange={(fault) => change({ fault })}
        />
        <SelectField
          label={text.host}
          value={wish.host}
          options={[
            { value: everyHost, label: text.allHosts, hint: text.endpoints(all) },
            ...hosts.map((one) => ({ value: one.host, label: one.host, hint: text.endpoints(one.endpoints) })),
          ]}
          onChange={(host) => change({ host })}
        />
      </div>
      <p className={styles.meaning}>{text.meanings[wish.fault]}</p>
      <div className={styles.pair}>
        <Chips
          label={text.where}
          options={places.map((value) => ({ value, label: text.places[value] }))}
          value={wish.place}
          onChange={(place) => change({ place })}
        />
        {wish.place === 'some' && (
          <NumberField
            label={text.count}
            value={Math.min(wish.count, endpoints)}
            min={1}
            max={endpoints}
            suffix={text.of(endpoints)}
            onChange={(count) => change({ count })}
          />
        )}
        {wish.place === 'ips' && (
          <TextField
            label={text.ips}
            value={wish.ips}
            placeholder={text.ipsPlaceholder}
            onChange={(ips) => change({ ips })}
          />
        )}
      </div>
      <div>
        <ActionButton
          action={setDemoFault}
          input={inputOf({ ...wish, count: Math.min(wish.count, endpoints) })}
          label={text.switchOn}
          look="primary"
          disabled={wish.place === 'ips' && listOf(wish.ips).length === 0}
          onDone={onDone}
        />
      </div>
    </div>
  );
}

function FaultsOn({ faults, onDone }: { readonly faults: DemoPicture['faults']; readonly onDone: () => void }) {
  return (
    <section aria-label={text.now}>
      <h3 className={styles.subtitle}>{text.now}</h3>
      {faults.length === 0 && <p className={styles.meaning}>{text.none}</p>}
      <ul className={styles.lines}>
        {faults.map(({ fault, host, ips }) => (
          <li key={`${host} ${fault}`}>
            <span className={styles.line}>
              {text.line(text.names[fault], host, ips.length)}
              <span className={styles.ips} title={together(ips)}>
                {together(ips)}
              </span>
            </span>
            <ActionButton
              action={setDemoFault}
              input={{ fault: null, host, ips, count: null }}
              label={text.switchOff}
              aria-label={text.switchOffLine(text.names[fault], host)}
              small
              onDone={onDone}
            />
          </li>
        ))}
      </ul>
    </section>
  );
}

export function DemoFaultsDialog({ onClose }: { readonly onClose: () => void }) {
  const { picture, askAgain } = useDemo();
  const isSick = (picture?.faults.length ?? 0) > 0;
  return (
    <Dialog
      open
      onClose={onClose}
      waits={picture === undefined}
      title={text.title}
      description={text.text}
      footer={
        <>
          <ActionButton
            action={setDemoFault}
            input={{ fault: null, host: null, ips: null, count: null }}
            label={text.allWell}
            disabled={!isSick}
            onDone={askAgain}
          />
          <Button onClick={onClose}>{text.done}</Button>
        </>
      }
    >
      {picture === undefined && <p className={styles.meaning}>{text.reading}</p>}
      {picture === null && <Empty title={text.noDemo}>{text.noDemoText}</Empty>}
      {picture && (
        <>
          <NewFault hosts={picture.hosts} onDone={askAgain} />
          <FaultsOn faults={picture.faults} onDone={askAgain} />
        </>
      )}
    </Dialog>
  );
}
