import tls from 'node:tls';
import { describe, expect, it } from 'vitest';
import { HeldTicket } from '../../../core/dial/held-ticket.ts';
import { SecureContexts } from '../../../core/dial/secure-contexts.ts';

/** What Node keeps with each socket of the protocols that it was given; not in its types. */
function keptBySocket(protocols: unknown): Uint8Array {
  const convert: unknown = Reflect.get(tls, 'convertALPNProtocols');
  const out: { ALPNProtocols?: unknown } = {};
  if (typeof convert === 'function') {
    convert(protocols, out);
  }
  if (!(out.ALPNProtocols instanceof Uint8Array)) {
    throw new Error('Node keeps them in another way by now');
  }
  return out.ALPNProtocols;
}

describe('what a connection keeps for its life', () => {
  it('holds no slab of many: the protocols that it offered', () => {
    const { alpn } = new SecureContexts([]).get('modern-h2', null);
    const kept = keptBySocket(alpn);
    expect(Buffer.from(kept).toString('latin1')).toBe('\x02h2\x08http/1.1');
    expect(kept.buffer.byteLength).toBe(kept.length);
  });

  it('holds no slab of many: the ticket that its successor is offered', () => {
    const ofSlab = Buffer.from('a session, as Node gives it');
    expect(ofSlab.buffer.byteLength).toBeGreaterThan(1_000);
    const socket = { getProtocol: () => 'TLSv1.3', getTLSTicket: () => Buffer.from('it'), getSession: () => ofSlab };
    const ticket = new HeldTicket(socket, { monotonicMs: 1, epochMs: 1 }, null).ticket();
    expect(ticket?.session).toEqual(ofSlab);
    expect(ticket?.session.buffer.byteLength).toBe(ofSlab.length);
  });
});
