/** A job as somebody wrote it, in canonical form: each host and each IP once. */
import { canonicalIp } from '../access/ip-range.ts';
import { PhraseError } from '../base/phrase-error.ts';
import { ContractError, type ContractIssue, issueAt } from '../contract/errors.ts';
import type { WarmUpJob } from '../contract/warm-up-job.ts';
import { type HostName, parseHostName } from '../dial/endpoint.ts';

/** A wrong list of 20,000 IPs does not make an error of 20,000 issues. */
const mostIssues = 100;

/** @throws ContractError `invalid-input` that names each host and IP that cannot be read. */
export function canonicalJob(job: WarmUpJob): WarmUpJob {
  const issues: ContractIssue[] = [];
  const read = (at: string, texts: readonly string[], canonical: (text: string) => string): string[] => {
    const values = new Set<string>();
    for (const [index, text] of texts.entries()) {
      try {
        values.add(canonical(text));
      } catch (error) {
        if (!(error instanceof PhraseError)) {
          throw error;
        }
        issues.push(issueAt(`${at}.${index}`, error.phrase));
      }
    }
    return [...values];
  };
  const hosts = read('hosts', job.hosts, (text) => parseHostName(text).name);
  const ips = job.ips && read('ips', job.ips, (text) => canonicalIp(text.trim()));
  const [first] = issues;
  if (first) {
    throw new ContractError('invalid-input', first.phrase ?? first.message, issues.slice(0, mostIssues));
  }
  return { ...job, hosts, ips };
}

/** Of a canonical job. */
export function hostsOf({ hosts }: WarmUpJob): HostName[] {
  return hosts.map(parseHostName);
}
