/** The URLs of a load run, read before the first of them is asked for. */
import { ContractError } from '../contract/errors.ts';
import { type HostName, parseHostName } from '../dial/endpoint.ts';

export interface LoadTarget {
  readonly host: HostName;
  /** With its query. */
  readonly path: string;
}

/** @throws ContractError `invalid-input`, with an issue for each URL that cannot be asked for through the pool. */
export function readLoadTargets(urls: readonly string[]): LoadTarget[] {
  const issues: { at: string; message: string }[] = [];
  const targets = urls.flatMap((text, index) => {
    const read = readTarget(text);
    if (typeof read === 'string') {
      issues.push({ at: `urls.${index}`, message: read });
      return [];
    }
    return [read];
  });
  const [first] = issues;
  if (first) {
    throw new ContractError('invalid-input', `The load was not begun: ${first.message}.`, issues);
  }
  return targets;
}

/** The target, or why it is none. */
function readTarget(text: string): LoadTarget | string {
  const url = URL.parse(text);
  if (!url) {
    return `“${text}” is no URL: write https://host/path`;
  }
  if (url.protocol !== 'https:') {
    return `“${text}” is not https: the pool holds TLS connections only`;
  }
  if (url.username !== '' || url.password !== '') {
    return 'a URL with a name or a password in it is not asked for: leave them out';
  }
  try {
    return { host: parseHostName(url.host), path: `${url.pathname}${url.search}` };
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
