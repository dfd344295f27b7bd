/**
 * A TOML file as its reader likes it: coloured, completed, explained, with each fault on its line. It lives in a shadow
 * root, because the policy of the page allows no style element: there CodeMirror adopts style sheets instead.
 */
import { autocompletion, type CompletionSource } from '@codemirror/autocomplete';
import { history } from '@codemirror/commands';
import { StreamLanguage, syntaxHighlighting } from '@codemirror/language';
import { toml } from '@codemirror/legacy-modes/mode/toml';
import { lintGutter } from '@codemirror/lint';
import { highlightSelectionMatches, search } from '@codemirror/search';
import { Compartment, EditorState, type Extension } from '@codemirror/state';
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  hoverTooltip,
  keymap,
  lineNumbers,
  type Tooltip,
} from '@codemirror/view';
import { useEffect, useRef } from 'react';
import styles from './code-editor.module.css';
import { editorKeys } from './editor-keys.ts';
import { editorColours, editorLook } from './editor-look.ts';
import { type LineFault, lineFaults, showFaults } from './line-faults.ts';
import { typeOver } from './type-over.ts';

export interface CodeEditorProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly readOnly?: boolean;
  readonly faults: readonly LineFault[];
  readonly complete: CompletionSource;
  /** What is known of the word at the place; null: nothing. */
  readonly explain: (view: EditorView, at: number) => Tooltip | null;
}

const mayEdit = new Compartment();

/** What may only be read can still be walked through, marked and copied. */
function editing(readOnly: boolean): Extension {
  return EditorState.readOnly.of(readOnly);
}

export default function CodeEditor(props: CodeEditorProps) {
  const { label, value, readOnly = false, faults } = props;
  const place = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView | null>(null);
  // The editor is made once and asks for what is newest.
  const latest = useRef(props);
  latest.current = props;

  useEffect(() => {
    const host = place.current;
    if (!host) {
      return;
    }
    const root = host.shadowRoot ?? host.attachShadow({ mode: 'open' });
    const editor = new EditorView({
      root,
      parent: root,
      state: EditorState.create({
        doc: latest.current.value,
        extensions: [
          EditorState.tabSize.of(2),
          mayEdit.of(editing(latest.current.readOnly ?? false)),
          EditorView.contentAttributes.of({ 'aria-label': label, spellcheck: 'false' }),
          EditorView.updateListener.of((update) => {
            if (update.docChanged) {
              latest.current.onChange(update.state.doc.toString());
            }
          }),
          StreamLanguage.define(toml),
          syntaxHighlighting(editorColours),
          editorLook,
          typeOver,
          lineNumbers(),
          lintGutter(),
          lineFaults,
          history(),
          drawSelection(),
          highlightActiveLine(),
          highlightSelectionMatches(),
          search({ top: true }),
          autocompletion({ override: [(context) => latest.current.complete(context)], icons: false }),
          hoverTooltip((editorView, at) => latest.current.explain(editorView, at)),
          keymap.of([...editorKeys]),
        ],
      }),
    });
    view.current = editor;
    return () => {
      view.current = null;
      editor.destroy();
    };
  }, [label]);

  useEffect(() => {
    const editor = view.current;
    if (editor && editor.state.doc.toString() !== value) {
      editor.dispatch({ changes: { from: 0, to: editor.state.doc.length, insert: value } });
    }
  }, [value]);

  useEffect(() => {
    view.current?.dispatch({ effects: mayEdit.reconfigure(editing(readOnly)) });
  }, [readOnly]);

  useEffect(() => {
    view.current?.dispatch(showFaults(view.current.state, faults));
  }, [faults]);

  return <div ref={place} className={styles.place} />;
}
