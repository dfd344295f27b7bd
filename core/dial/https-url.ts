/** A URL that is asked for through the pool. */
import { PhraseError } from '../base/phrase-error.ts';
import { type Phrase, phrase } from '../contract/phrase.ts';
import { type HostName, parseHostName } from './endpoint.ts';

export interface HttpsUrl {
  readonly host: HostName;
  /** With its query; begins with a slash. */
  readonly path: string;
}

/** The host and the path, or why it cannot be asked for. */
export function readHttpsUrl(text: string): HttpsUrl | Phrase {
  const url = URL.parse(text);
  if (!url) {
    return phrase('url.no-url', { text });
  }
  if (url.protocol !== 'https:') {
    return phrase('url.no-https', { text });
  }
  if (url.username !== '' || url.password !== '') {
    return phrase('url.with-password');
  }
  try {
    return { host: parseHostName(url.host), path: `${url.pathname}${url.search}` };
  } catch (error) {
    if (error instanceof PhraseError) {
      return error.phrase;
    }
    throw error;
  }
}
