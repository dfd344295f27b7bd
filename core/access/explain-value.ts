/** Why an IP or a range may be dialled, or may not: every rule that has a say, in the order in which they count. */
import type { AccessExplanation, AccessFrame, AccessOrigin } from '../contract/access.ts';
import type { ListedEntry } from './access-entry.ts';

const whose: Readonly<Record<AccessOrigin, string>> = {
  operator: 'the operator',
  file: 'the file',
  config: 'the configuration',
  automatic: 'the automaton',
};

/** `rules`: every entry around the value, the deciding one first. */
export function explainValue(
  value: string,
  rules: readonly ListedEntry[],
  mode: AccessFrame['whitelistMode'],
): AccessExplanation {
  const [winner] = rules;
  const explained = rules.map((rule) => ({ ...rule.toRow(), why: rule === winner ? 'decides' : whyNot(rule, winner) }));
  if (winner) {
    const { allowed, list } = winner.verdict;
    if (winner.hosts.length > 0) {
      const text = `Is out of use for ${winner.hosts.join(', ')} alone: ${winner.range.text} on the black list of the automaton decides. Other hosts may dial it.`;
      return { value, allowed, list, hosts: [...winner.hosts], rules: explained, text };
    }
    const rule = `${winner.range.text} on the ${list} list of ${whose[winner.origin]}`;
    return {
      value,
      allowed,
      list,
      hosts: [],
      rules: explained,
      text: `${allowed ? 'May be dialled' : 'Is blocked'}: ${rule} decides.`,
    };
  }
  const allowed = mode === 'prefer';
  const text = allowed
    ? 'May be dialled: it is on no list, and unknown IPs are tried.'
    : 'Is not dialled: it is on no list, and only IPs on the white list are (whitelist_mode = "enforce").';
  return { value, allowed, list: null, hosts: [], rules: explained, text };
}

/** The order of rules in words, for one pair of them. */
function whyNot(rule: ListedEntry, winner: ListedEntry | undefined): string {
  if (!winner) {
    return '';
  }
  if (rule.origin !== winner.origin) {
    return `outranked: ${whose[winner.origin]} counts before ${whose[rule.origin]}`;
  }
  if (rule.list !== winner.list) {
    return `outranked: black counts before white among the entries of ${whose[rule.origin]}`;
  }
  return `agrees with the narrower ${winner.range.text}`;
}
