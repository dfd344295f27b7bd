/** The URLs of a load run, read before the first of them is asked for. */
import { ContractError } from '../contract/errors.ts';
import { type HttpsUrl, readHttpsUrl } from '../dial/https-url.ts';

/** @throws ContractError `invalid-input`, with an issue for each URL that cannot be asked for through the pool. */
export function readLoadTargets(urls: readonly string[]): HttpsUrl[] {
  const issues: { at: string; message: string }[] = [];
  const targets = urls.flatMap((text, index) => {
    const read = readHttpsUrl(text);
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
