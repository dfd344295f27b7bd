/** The text of a pasted list, line by line; what is too long to be edited so is handed on. */
import { LineEditor } from '../../parts/line-editor/line-editor.tsx';
import { droppedText } from './dropped-text.ts';
import { isLong } from './use-intake.ts';
import { words } from './words.ts';

const text = words.bulk;

export function PasteEditor({
  value,
  numbers,
  issues,
  onChange,
  onLong,
}: {
  readonly value: string;
  readonly numbers: readonly number[] | undefined;
  readonly issues: ReadonlyMap<number, string>;
  readonly onChange: (value: string) => void;
  readonly onLong: (value: string) => void;
}) {
  const put = (added: string): void => {
    const joined = value.trim() === '' ? added : `${value}\n${added}`;
    (isLong(joined) ? onLong : onChange)(joined);
  };
  return (
    <LineEditor
      label={text.field}
      value={value}
      issues={issues}
      numbers={numbers}
      lineName={text.onLine}
      placeholder={text.placeholder}
      onChange={(next) => (isLong(next) ? onLong : onChange)(next)}
      onPaste={(event) => {
        const pasted = event.clipboardData.getData('text');
        // Laying out a hundred thousand lines only to take them away again would hold the page up.
        if (isLong(pasted)) {
          event.preventDefault();
          put(pasted);
        }
      }}
      onDrop={(data) => void droppedText(data).then(put)}
    />
  );
}
