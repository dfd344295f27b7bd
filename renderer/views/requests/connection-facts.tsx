/** On which connection a request went, and where more is known of it. */
import type { RequestConnection } from '../../../core/contract/requests.ts';
import { showConnections } from '../../actions/connection-actions.ts';
import { ActionButton } from '../../actions/use-action.tsx';
import { inspectIp } from '../../actions/view-actions.ts';
import styles from './outcome.module.css';
import { words } from './words.ts';

const text = words.connection;

export function ConnectionFacts({ connection }: { readonly connection: RequestConnection }) {
  const { id, ip, port, protocol, profile, resumed, servedBefore } = connection;
  const facts: readonly (readonly [name: string, value: string])[] = [
    [text.use, servedBefore === 0 ? text.fresh : text.reused(servedBefore)],
    [text.protocol, protocol],
    [text.profile, profile],
    [text.handshake, resumed ? text.resumed : text.full],
  ];
  return (
    <dl className={styles.facts} aria-label={text.label}>
      <div>
        <dt>{text.id}</dt>
        <dd>
          <ActionButton action={showConnections} input={`id:${id}`} label={`#${id}`} look="entry" />
        </dd>
      </div>
      <div>
        <dt>{text.ip}</dt>
        <dd>
          <ActionButton
            action={inspectIp}
            input={ip}
            label={ip.includes(':') ? `[${ip}]:${port}` : `${ip}:${port}`}
            look="entry"
          />
        </dd>
      </div>
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
