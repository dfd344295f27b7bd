/** Who decides about an IP, and why: every rule that has a say, in the order in which they count. */
import { useEffect, useState } from 'react';
import type { AccessExplanation } from '../../../core/contract/access.ts';
import { cx } from '../../parts/class-names.ts';
import { useConsole } from '../../store/use-console.ts';
import { failureText } from '../../words/failure-text.ts';
import { listWords, noteInWords, originWords } from '../../words/vocabulary.ts';
import styles from './tools.module.css';
import { words } from './words.ts';

const text = words.test;
const quietMs = 150;

function useExplanation(value: string, revision: number) {
  const { bridge } = useConsole();
  const [answer, setAnswer] = useState<{ explanation: AccessExplanation | null; failure: string | null } | null>(null);
  const wanted = value.trim();
  const asked = wanted === '' ? null : `${revision}`;
  useEffect(() => {
    if (asked === null) {
      setAnswer(null);
      return;
    }
    let current = true;
    const timer = setTimeout(() => {
      bridge.request('access.explain', { value: wanted }).then(
        (explanation) => current && setAnswer({ explanation, failure: null }),
        (error: unknown) => current && setAnswer({ explanation: null, failure: failureText(error) }),
      );
    }, quietMs);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [bridge, wanted, asked]);
  return answer;
}

const marks = { good: '✓', bad: '✕', mixed: '◐' } as const;

/** `mixed`: a range of which some may be dialled and some may not. */
function standingOf({ allowed, inside }: AccessExplanation): keyof typeof marks {
  return (allowed ? inside.blocked : inside.allowed) > 0 ? 'mixed' : allowed ? 'good' : 'bad';
}

export function TestIp({ revision }: { readonly revision: number }) {
  const [value, setValue] = useState('');
  const answer = useExplanation(value, revision);
  const explanation = answer?.explanation;
  return (
    <div className={styles.test}>
      <div className={styles.logHead}>
        <input
          className={styles.field}
          aria-label={text.field}
          placeholder={text.placeholder}
          spellCheck={false}
          autoComplete="off"
          value={value}
          onChange={(event) => setValue(event.target.value)}
        />
        <output className={cx(styles.verdict, explanation && styles[standingOf(explanation)])}>
          {explanation
            ? `${marks[standingOf(explanation)]} ${text.verdict(explanation)}`
            : (answer?.failure ?? text.hint)}
        </output>
      </div>
      <div className={styles.scroll}>
        {explanation && explanation.rules.length + explanation.inside.entries.length > 0 && (
          <table className={styles.records} aria-label={text.rules(explanation.value)}>
            <tbody>
              {explanation.rules.map((rule, index) => (
                <tr key={`${rule.origin} ${rule.list} ${rule.value}`} data-decides={index === 0 || undefined}>
                  <td className={styles.when}>{index + 1}</td>
                  <td className={styles.mono}>{rule.value}</td>
                  <td>{text.place(listWords[rule.list], originWords[rule.origin])}</td>
                  <td className={styles.why}>{noteInWords(rule.origin, rule.note)}</td>
                  <td className={styles.because}>{text.why(rule, explanation.rules[0] ?? rule)}</td>
                </tr>
              ))}
              {explanation.inside.entries.map((entry) => (
                <tr key={`inside ${entry.origin} ${entry.list} ${entry.value}`}>
                  <td className={styles.when}>{text.inside}</td>
                  <td className={styles.mono}>{entry.value}</td>
                  <td>{text.place(listWords[entry.list], originWords[entry.origin])}</td>
                  <td className={styles.why}>{noteInWords(entry.origin, entry.note)}</td>
                  <td className={styles.because} />
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </div>
    </div>
  );
}
