/** The sockets of the pool's own dials: Node's, but for what it would do at each and nobody needs. */
import { type DetailedPeerCertificate, type PeerCertificate, TLSSocket } from 'node:tls';

/**
 * Before Node asks its `checkServerIdentity` it reads the whole chain of certificates into objects, which is a seventh of
 * what a handshake costs this process. Here that reading waits until the question has been asked: `identityFault` asks
 * OpenSSL instead, and reads only a certificate that does not fit.
 */
export class DialledSocket extends TLSSocket {
  /** Node's own, undocumented: true until the question has been asked. Without it the chain would be read, no more. */
  declare readonly secureConnecting?: boolean;
  /** Called once, whoever ends it, while OpenSSL can still be asked about the connection. */
  declare beforeEnd?: () => void;

  override getPeerCertificate(detailed: true): DetailedPeerCertificate;
  override getPeerCertificate(detailed?: false): PeerCertificate;
  override getPeerCertificate(detailed = false): PeerCertificate | DetailedPeerCertificate {
    return this.secureConnecting ? unread : detailed ? super.getPeerCertificate(true) : super.getPeerCertificate(false);
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    this.beforeEnd?.();
    super._destroy(error, done);
  }
}

const unread = {} as DetailedPeerCertificate;

/**
 * For a socket of `tls.connect` that has not connected yet. By its prototype: a property of its own, taken away again, would
 * leave each socket a slow dictionary of more than a kilobyte.
 */
export function asDialled(socket: TLSSocket): DialledSocket {
  return Object.setPrototypeOf(socket, DialledSocket.prototype);
}
