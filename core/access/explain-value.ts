/** Why an IP or a range may be dialled, or may not: every rule that has a say, in the order in which they count. */
import type { AccessExplanation, AccessFrame } from '../contract/access.ts';
import type { ListedEntry } from './access-entry.ts';

const mostInside = 100;

/**
 * `rules`: every entry around the value, the deciding one first. `deciders`: of a range, the narrower entries in it that
 * decide for themselves.
 */
export function explainValue(
  value: string,
  rules: readonly ListedEntry[],
  deciders: readonly ListedEntry[],
  mode: AccessFrame['whitelistMode'],
): AccessExplanation {
  const [winner] = rules;
  const allowedInside = deciders.filter(({ verdict }) => verdict.allowed).length;
  const inside = {
    allowed: allowedInside,
    blocked: deciders.length - allowedInside,
    entries: deciders.slice(0, mostInside).map((entry) => entry.toRow()),
  };
  const insideText =
    deciders.length === 0
      ? ''
      : ` Inside it narrower entries decide for themselves: ${inside.allowed} allowed, ${inside.blocked} blocked.`;
  const explained = rules.map((rule) => ({ ...rule.toRow(), why: rule === winner ? 'decides' : whyNot(rule, winner) }));
  if (winner) {
    const { allowed, list } = winner.verdict;
    if (winner.hosts.length > 0) {
      const text = `Is out of use for ${winner.hosts.join(', ')} alone: ${winner.range.text} on the black list (automatic) decides. Other hosts may dial it.`;
      return { value, allowed, list, hosts: [...winner.hosts], rules: explained, inside, text: text + insideText };
    }
    const rule = `${winner.range.text} on the ${list} list (${winner.origin})`;
    return {
      value,
      allowed,
      list,
      hosts: [],
      rules: explained,
      inside,
      text: `${allowed ? 'May be dialled' : 'Is blocked'}: ${rule} decides.${insideText}`,
    };
  }
  const allowed = mode === 'prefer';
  const text = allowed
    ? 'May be dialled: it is on no list, and unknown IPs are tried.'
    : 'Is not dialled: it is on no list, and only IPs on the white list are (whitelist_mode = "enforce").';
  return { value, allowed, list: null, hosts: [], rules: explained, inside, text: text + insideText };
}

/** The order of rules in words, for one pair of them. */
function whyNot(rule: ListedEntry, winner: ListedEntry | undefined): string {
  if (!winner) {
    return '';
  }
  if (rule.origin !== winner.origin) {
    return `outranked: ${winner.origin} counts before ${rule.origin}`;
  }
  if (rule.list !== winner.list) {
    return `outranked: black counts before white among entries of one source (${rule.origin})`;
  }
  return `agrees with the narrower ${winner.range.text}`;
}
