/** The lines of what is watched: each rule has one at least, and one for each of its subjects, unless these are many. */
import { type AlertRule, type AlertWatch, alertRuleFacts, alertRules } from '../../../core/contract/alerts.ts';
import { words } from './words.ts';

/** The subject of a rule that has none now. */
export const nobody = '';

/** Of a rule with more subjects than these, one line stands for all that are well. */
const mostSubjects = 6;

/** A line that is no single subject's. */
function lineOf(rule: AlertRule, subject: string): AlertWatch {
  const { severity } = alertRuleFacts[rule];
  return { rule, subject, severity, value: null, threshold: null, clearAt: null, alertId: null, trail: [] };
}

/** A rule without a subject just now still has its line, and its threshold. */
function linesOf(rule: AlertRule, watches: readonly AlertWatch[]): readonly AlertWatch[] {
  if (watches.length <= mostSubjects) {
    return watches.length === 0 ? [lineOf(rule, nobody)] : watches;
  }
  const inTrouble = watches.filter(({ alertId }) => alertId !== null);
  return [...inTrouble, lineOf(rule, words.watched.others(watches.length - inTrouble.length))];
}

/** In the order of the rules. */
export function watchedLines(watches: readonly AlertWatch[]): readonly AlertWatch[] {
  const byRule = Map.groupBy(watches, ({ rule }) => rule);
  return alertRules.flatMap((rule) => linesOf(rule, byRule.get(rule) ?? []));
}
