/** The URLs of a load run, read before the first of them is asked for. */
import { ContractError, type ContractIssue, issueAt } from '../contract/errors.ts';
import { phrase } from '../contract/phrase.ts';
import { type HttpsUrl, readHttpsUrl } from '../dial/https-url.ts';

/** @throws ContractError `invalid-input`, with an issue for each URL that cannot be asked for through the pool. */
export function readLoadTargets(urls: readonly string[]): HttpsUrl[] {
  const issues: ContractIssue[] = [];
  const targets = urls.flatMap((text, index) => {
    const read = readHttpsUrl(text);
    if ('code' in read) {
      issues.push(issueAt(`urls.${index}`, read));
      return [];
    }
    return [read];
  });
  const [first] = issues;
  if (first) {
    throw new ContractError(
      'invalid-input',
      phrase('refused.load-urls', { wrong: first.phrase ?? first.message }),
      issues,
    );
  }
  return targets;
}
