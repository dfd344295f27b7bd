/** What is wrong with a certificate, said so that an operator knows which one is meant and what to do about it. */
import type { X509Certificate } from 'node:crypto';
import { ClassifiedError } from './classified-error.ts';
import { type Endpoint, endpointPlace } from './endpoint.ts';
import { normalTlsCode } from './tls-codes.ts';

/** A certificate may name thousands. */
const shownNames = 4;
const longestText = 120;

/** `name` is what the certificate should be for. */
type Verdict = (certificate: X509Certificate, name: string) => string;

/** By the code of X.509 verification. */
const verdicts: ReadonlyMap<string, Verdict> = new Map<string, Verdict>([
  ['CERT_HAS_EXPIRED', (certificate) => `expired on ${day(certificate.validToDate)}`],
  ['CERT_NOT_YET_VALID', (certificate) => `is not valid before ${day(certificate.validFromDate)}`],
  ['ERR_TLS_CERT_ALTNAME_INVALID', (_certificate, name) => `is not for ${name}`],
  ['HOSTNAME_MISMATCH', (_certificate, name) => `is not for ${name}`],
  ['DEPTH_ZERO_SELF_SIGNED_CERT', () => 'is self-signed; to trust it all the same, name it in ca_file of the target'],
  ['SELF_SIGNED_CERT_IN_CHAIN', unknownIssuer],
  ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', unknownIssuer],
  ['UNABLE_TO_GET_ISSUER_CERT', unknownIssuer],
  ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', unknownIssuer],
  ['CERT_UNTRUSTED', unknownIssuer],
  ['CERT_REVOKED', () => 'has been revoked by its issuer'],
]);

/** `code` is what verification gave; `certificate` undefined when the other side showed none. */
export function certificateRefused(
  code: string,
  certificate: X509Certificate | undefined,
  endpoint: Endpoint,
): ClassifiedError {
  const place = endpointPlace(endpoint);
  const message = certificate
    ? `${place}: the certificate of ${describe(certificate)}, ${verdict(code, certificate, endpoint.host.hostname)}`
    : `${place} showed no certificate`;
  return new ClassifiedError('tls-certificate', code, message);
}

/** By the alert, in its normal form; the code as the library gave it. */
const clientVerdicts: ReadonlyMap<string, string> = new Map([
  ['UNKNOWN_CA', 'does not know who issued our client certificate'],
  ['CERTIFICATE_EXPIRED', 'finds our client certificate expired'],
  ['CERTIFICATE_REVOKED', 'finds our client certificate revoked'],
  ['ACCESS_DENIED', 'knows our client certificate and refuses it'],
  ['UNSUPPORTED_CERTIFICATE', 'cannot use a client certificate of this kind'],
  ['BAD_CERTIFICATE', 'finds our client certificate broken'],
  ['CERTIFICATE_UNKNOWN', 'refuses our client certificate'],
]);

/** What a server says of our certificate, or of its absence. */
export function clientCertificateWords(code: string): string {
  const verdict =
    clientVerdicts.get(normalTlsCode(code) ?? '') ??
    'asks for a client certificate and got none: client_cert_file and client_key_file of the target name one';
  return `the server ${verdict}`;
}

function verdict(code: string, certificate: X509Certificate, name: string): string {
  return verdicts.get(code)?.(certificate, name) ?? `could not be verified (${code})`;
}

/** `origin.test, for origin.test and www.origin.test, valid from 2026-01-01 to 2026-02-01`. */
function describe(certificate: X509Certificate): string {
  const names = namesOf(certificate);
  const shown = names.slice(0, shownNames).join(', ');
  const more = names.length > shownNames ? ` and ${names.length - shownNames} more` : '';
  const from = day(certificate.validFromDate);
  const to = day(certificate.validToDate);
  return `"${plain(certificate.subject)}", for ${shown === '' ? 'no name' : shown}${more}, valid from ${from} to ${to}`;
}

/** The names that count (RFC 9525, section 2): those of the extension, the subject's own being for people only. */
function namesOf({ subjectAltName }: X509Certificate): string[] {
  return (subjectAltName ?? '')
    .split(', ')
    .filter((name) => /^(DNS|IP Address):/.test(name))
    .map((name) => plain(name.replace(/^[^:]+:/, '')));
}

function unknownIssuer(certificate: X509Certificate): string {
  return `is issued by "${plain(certificate.issuer)}", which nobody here trusts; an authority of your own is named in ca_file of the target, or in "authorities" where a program opens the pool`;
}

function day(date: Date): string {
  return Number.isNaN(date.getTime()) ? 'an unreadable date' : date.toISOString().slice(0, 10);
}

/** A stranger wrote it: one line, of printable characters, not too long. */
function plain(text: string): string {
  const line = text
    .trim()
    .replace(/\s*\n\s*/g, ', ')
    .replace(/[^\x20-\x7e\u00a0-\ud7ff]/g, '?');
  return line.length > longestText ? `${line.slice(0, longestText)}…` : line;
}
