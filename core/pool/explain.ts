/**
 * Why is this cold, waiting, closed or refused? Answered from what the pool keeps anyway and from short histories; asking
 * changes nothing.
 */
import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';
import { PhraseError } from '../base/phrase-error.ts';
import type { ExplainSubject, Explanation } from '../contract/explain.ts';
import { phrase } from '../contract/phrase.ts';
import { parseHostName } from '../dial/endpoint.ts';
import { explainIp } from './explain-address.ts';
import { explainClosed, explainLiving, type HeldLease } from './explain-connection.ts';
import { explainHost, explainStranger } from './explain-host.ts';
import type { PoolContext } from './pool-context.ts';

/** An IP as text is the IP; what else is text is a host; a number is a connection's id. */
export type Explainable = ExplainSubject | string | number;

/** The leases on a connection that are overdue. */
type OverdueOn = (connectionId: number) => readonly HeldLease[];

/**
 * null for a connection that never was, or was closed so long ago that nothing is remembered of it.
 * @throws PhraseError when the text is neither a host nor an IP.
 */
export function explain(context: PoolContext, subject: Explainable, overdueOn: OverdueOn): Explanation | null {
  if (typeof subject === 'number') {
    return explainConnection(context, subject, overdueOn);
  }
  if (typeof subject === 'string') {
    return isIP(subject) === 0 ? explainName(context, subject) : explainAddress(context, subject);
  }
  if ('connectionId' in subject) {
    return explainConnection(context, subject.connectionId, overdueOn);
  }
  return 'ip' in subject ? explainAddress(context, subject.ip) : explainName(context, subject.host);
}

function explainConnection(context: PoolContext, id: number, overdueOn: OverdueOn): Explanation | null {
  const living = context.manager.get(id);
  if (living) {
    return explainLiving(context, living, overdueOn(id));
  }
  const closed = context.closedConnections.get(id);
  return closed ? explainClosed(context, closed, overdueOn(id)) : null;
}

function explainAddress(context: PoolContext, ip: string): Explanation {
  if (isIP(ip) === 0) {
    throw new PhraseError(phrase('ip.not-ip', { text: ip }));
  }
  return explainIp(context, ipaddr.parse(ip).toString());
}

function explainName(context: PoolContext, text: string): Explanation {
  const { name } = parseHostName(text);
  const host = context.manager.host(name);
  return host ? explainHost(context, host) : explainStranger(context, name);
}
