/** The names of failures in TLS, whichever library gives them. */
const tlsPrefix = /^ERR_SSL_(?:SSL\/TLS_|SSLV3_|TLSV1_|TLSV13_)?(?:ALERT_)?/;

/**
 * The two libraries name the same thing differently: `ERR_SSL_SSL/TLS_ALERT_HANDSHAKE_FAILURE` and
 * `ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE` are both `HANDSHAKE_FAILURE`. null for a code that is not of TLS.
 */
export function normalTlsCode(code: string): string | null {
  return tlsPrefix.test(code) ? code.replace(tlsPrefix, '') : null;
}
