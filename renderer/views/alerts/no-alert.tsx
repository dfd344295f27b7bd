/** No figure is beyond its threshold, which is not yet that all is well: the diagnosis also judges what has none. */
import { findingText } from '../../../core/contract/finding-text.ts';
import { ActionButton } from '../../actions/use-action.tsx';
import { viewActions } from '../../actions/view-actions.ts';
import { useIsPast } from '../../store/use-console.ts';
import { useDiagnosis } from '../../store/use-diagnosis.ts';
import { currentLanguage } from '../../words/language.ts';
import styles from './alerts.module.css';
import { words } from './words.ts';

const text = words.active;

/** `watched`: how many figures and states; null before they are known. */
export function NoAlert({ watched }: { readonly watched: number | null }) {
  const isPast = useIsPast();
  return (
    <>
      <p className={styles.allWell}>
        <strong>{text.none}</strong> {watched !== null && text.watching(watched)}
      </p>
      {!isPast && <ProblemsFound />}
    </>
  );
}

function ProblemsFound() {
  const findings = useDiagnosis().value?.findings ?? [];
  const problems = findings.filter(({ severity }) => severity === 'problem');
  if (problems.length === 0) {
    return null;
  }
  const titles = new Set(problems.map((finding) => findingText(finding, currentLanguage()).title));
  return (
    <div className={styles.found}>
      <p>{text.found(problems.length, [...titles])}</p>
      <ActionButton action={viewActions.health} input={undefined} label={words.causes.health} small />
    </div>
  );
}
