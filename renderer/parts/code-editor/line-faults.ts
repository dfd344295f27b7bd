/** What is wrong with a line, behind the line, under its text, and in the margin. */
import { type Diagnostic, setDiagnostics } from '@codemirror/lint';
import { type EditorState, StateEffect, StateField, type Text, type TransactionSpec } from '@codemirror/state';
import { Decoration, type DecorationSet, EditorView, WidgetType } from '@codemirror/view';

export interface LineFault {
  /** From 1. */
  readonly line: number;
  /** From 1; null: the line as a whole. */
  readonly column: number | null;
  readonly message: string;
}

const told = StateEffect.define<readonly LineFault[]>();

class Message extends WidgetType {
  readonly #text: string;

  constructor(text: string) {
    super();
    this.#text = text;
  }

  override eq(other: Message): boolean {
    return other.#text === this.#text;
  }

  override toDOM(): HTMLElement {
    const element = document.createElement('span');
    element.className = 'cm-lineFault';
    element.textContent = this.#text;
    element.title = this.#text;
    return element;
  }
}

function messagesOf(doc: Text, faults: readonly LineFault[]): DecorationSet {
  const byLine = new Map<number, string>();
  for (const { line, message } of faults) {
    if (line <= doc.lines) {
      byLine.set(line, [byLine.get(line), message].filter(Boolean).join(' · '));
    }
  }
  return Decoration.set(
    [...byLine]
      .sort(([one], [other]) => one - other)
      .map(([line, message]) => Decoration.widget({ widget: new Message(message), side: 1 }).range(doc.line(line).to)),
  );
}

/** Messages stay with their lines while the operator types, until they are judged anew. */
export const lineFaults = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(messages, transaction) {
    const effect = transaction.effects.find((one) => one.is(told));
    return effect ? messagesOf(transaction.newDoc, effect.value) : messages.map(transaction.changes);
  },
  provide: (field) => EditorView.decorations.from(field),
});

export function showFaults(state: EditorState, faults: readonly LineFault[]): TransactionSpec {
  const diagnostics = faults.flatMap(({ line, column, message }): Diagnostic[] => {
    if (line > state.doc.lines) {
      return [];
    }
    const { from, to, text } = state.doc.line(line);
    const begin = Math.min(to, from + (column === null ? text.length - text.trimStart().length : column - 1));
    return [{ from: begin, to, severity: 'error', message }];
  });
  const marks = setDiagnostics(state, diagnostics);
  return { effects: [told.of(faults), ...[marks.effects ?? []].flat()] };
}
