/** On which connection a request went, and where more is known of it. */
import type { RequestConnection, SentRequest } from '../../../core/contract/requests.ts';
import { showConnections } from '../../actions/connection-actions.ts';
import { ActionButton } from '../../actions/use-action.tsx';
import { inspectIp } from '../../actions/view-actions.ts';
import styles from './outcome.module.css';
import { words } from './words.ts';

const text = words.connection;

export interface ConnectionFactsProps {
  readonly connection: RequestConnection;
  readonly supply: SentRequest['supply'];
}

function wordOfUse({ connection, supply }: ConnectionFactsProps): string {
  if (connection.servedBefore > 0) {
    return text.reused(connection.servedBefore);
  }
  return supply === 'cold' ? text.fresh : text.first;
}

export function ConnectionFacts(props: ConnectionFactsProps) {
  const { connection } = props;
  const { id, ip, port, protocol, profile, resumed } = connection;
  const facts: readonly (readonly [name: string, value: string])[] = [
    [text.use, wordOfUse(props)],
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
