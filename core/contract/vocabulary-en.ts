/** What the contract's closed lists are called on the screen, in English, wherever a sentence names them. */
import type { ErrorClass } from './vocabulary.ts';

export const errorClassesEn: Readonly<Record<ErrorClass, string>> = {
  dns: 'DNS failed',
  local: 'local fault',
  refused: 'refused',
  unreachable: 'unreachable',
  'timeout-tcp': 'TCP timeout',
  'timeout-tls': 'TLS timeout',
  'timeout-response': 'no answer in time',
  reset: 'reset',
  'tls-protocol': 'TLS protocol',
  'tls-certificate': 'bad certificate',
  'tls-client-certificate': 'client certificate',
  blocked: '403 blocked',
  auth: 'not authorised',
  busy: 'busy (429, 503)',
  'bad-status': 'bad status',
  'http-protocol': 'HTTP protocol',
  'closed-by-peer': 'closed by server',
  'not-allowed': 'blocked or ejected',
  aborted: 'aborted',
  internal: 'internal',
};
