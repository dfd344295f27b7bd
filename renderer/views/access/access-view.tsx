/** Who may be dialled: both lists, and the changes that wait. */
import Search from 'lucide-react/icons/search';
import { saveAccess } from '../../actions/access-actions.ts';
import { ActionButton } from '../../actions/use-action.tsx';
import { Banner } from '../../parts/feedback/feedback.tsx';
import type { AccessPicture } from '../../store/access-store.ts';
import { changeScreen, useScreen } from '../../store/screen.ts';
import { useAccessDraft } from '../../store/use-access-draft.ts';
import { useAccess } from '../../store/use-console.ts';
import { issueInWords } from '../../words/told.ts';
import styles from './access.module.css';
import { ListPanel } from './list-panel.tsx';
import { PendingBar } from './pending-bar.tsx';
import { ToolsPanel } from './tools-panel.tsx';
import { useFindings } from './use-foreseen.ts';
import { words } from './words.ts';

function FileIssues({ picture }: { readonly picture: AccessPicture }) {
  const { fileIssues, moreFileIssues, file } = picture;
  if (fileIssues.length === 0) {
    return null;
  }
  return (
    <Banner tone="bad">
      <strong>{words.fileIssues(file, fileIssues.length + moreFileIssues)}</strong> {words.fileIssuesText}
      <ul className={styles.fileIssues}>
        {fileIssues.map((issue) => (
          <li key={`${issue.at} ${issue.message}`}>{issueInWords(issue)}</li>
        ))}
        {moreFileIssues > 0 && <li>{words.findings.more(moreFileIssues)}</li>}
      </ul>
    </Banner>
  );
}

/** Deleted under the console: nothing is lost, and one click writes it again. */
function FileGone({ picture }: { readonly picture: AccessPicture }) {
  return picture.fileGone ? (
    <Banner tone="warn">
      <strong>{words.fileGone(picture.file)}</strong> {words.fileGoneText}{' '}
      <ActionButton action={saveAccess} input={undefined} small showIcon />
    </Banner>
  ) : null;
}

export function AccessView() {
  const picture = useAccess();
  const draft = useAccessDraft();
  const found = useFindings(picture?.lists ?? null, draft);
  const search = useScreen((state) => state.accessSearch);
  return (
    <div className={styles.view}>
      {picture && <FileIssues picture={picture} />}
      {picture && <FileGone picture={picture} />}
      <div className={styles.toolbar}>
        <div className={styles.search}>
          <Search aria-hidden="true" />
          <input
            type="search"
            data-filter=""
            className={styles.searchInput}
            aria-label={words.search}
            placeholder={words.searchPlaceholder}
            spellCheck={false}
            value={search}
            onChange={(event) => changeScreen({ accessSearch: event.target.value })}
          />
        </div>
        {picture && (
          <span className={styles.toolbarText} title={`${words.order}. ${words.file(picture.file)}`}>
            {picture.complete ? words.mode[picture.whitelistMode] : words.loading(picture.total)} · {words.order}
          </span>
        )}
      </div>
      <div className={styles.lists}>
        <ListPanel list="white" picture={picture} />
        <ListPanel list="black" picture={picture} />
      </div>
      {picture && <ToolsPanel picture={picture} found={found} />}
      <PendingBar draft={draft} found={found} fileIsFaulty={picture !== null && picture.fileIssues.length > 0} />
    </div>
  );
}
