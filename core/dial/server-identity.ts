/** Is the server's certificate one for this host, and until when? */
import type { X509Certificate } from 'node:crypto';
import { isIP } from 'node:net';
import tls, { type PeerCertificate, type TLSSocket } from 'node:tls';

/** Node gives a socket's certificate as X.509 once: what is asked of it later is kept. */
const refused = new WeakMap<TLSSocket, X509Certificate>();
const endsMs = new WeakMap<TLSSocket, number>();

/** For `checkServerIdentity` of a `DialledSocket`; undefined: it is the host's. */
export function identityFault(socket: TLSSocket, hostname: string): Error | undefined {
  const certificate = socket.getPeerX509Certificate();
  if (!certificate) {
    return tls.checkServerIdentity(hostname, {} as PeerCertificate);
  }
  // Where OpenSSL says no, the judgement and the words are Node's own.
  const fault = fits(certificate, hostname)
    ? undefined
    : tls.checkServerIdentity(hostname, certificate.toLegacyObject());
  if (fault) {
    refused.set(socket, certificate);
  } else {
    endsMs.set(socket, certificate.validToDate.getTime());
  }
  return fault;
}

function fits(certificate: X509Certificate, hostname: string): boolean {
  if (isIP(hostname) !== 0) {
    return certificate.checkIP(hostname) !== undefined;
  }
  // For a name that begins with a dot, OpenSSL takes any certificate below it (X509_check_host).
  return !hostname.startsWith('.') && certificate.checkHost(hostname) !== undefined;
}

/** The certificate of a handshake that has failed by it; undefined: there was none. */
export function refusedCertificate(socket: TLSSocket): X509Certificate | undefined {
  return refused.get(socket) ?? socket.getPeerX509Certificate();
}

/** When the certificate of a full handshake that was found good ends; 0 when that is not known. */
export function certificateEndMs(socket: TLSSocket): number {
  return endsMs.get(socket) ?? 0;
}
