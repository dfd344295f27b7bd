/** The editor in the console's own tokens, which reach into its shadow root. */
import { HighlightStyle } from '@codemirror/language';
import { EditorView } from '@codemirror/view';
import { tags } from '@lezer/highlight';

export const editorColours = HighlightStyle.define([
  { tag: tags.comment, color: 'var(--text-3)' },
  { tag: [tags.propertyName, tags.variableName], color: 'var(--cool)' },
  { tag: [tags.string], color: 'var(--good)' },
  { tag: [tags.number, tags.bool, tags.atom], color: 'var(--warn)' },
  { tag: [tags.bracket, tags.heading, tags.keyword], color: 'var(--ember)' },
]);

export const editorLook = EditorView.theme({
  '&': { height: '100%', color: 'var(--text)', backgroundColor: 'var(--well)', fontSize: '12px' },
  // Above the margin, which would cover an outline's left side.
  '&.cm-focused': { outline: 'none' },
  '&.cm-focused::after': {
    content: '""',
    position: 'absolute',
    zIndex: '300',
    inset: '0',
    border: '2px solid var(--focus)',
    pointerEvents: 'none',
  },
  '.cm-scroller': { fontFamily: 'var(--font-mono)', lineHeight: '19px' },
  '.cm-content': { padding: '7px 0', caretColor: 'var(--text)' },
  '.cm-cursor': { borderLeftColor: 'var(--text)' },
  '.cm-line': { padding: '0 9px' },
  '.cm-gutters': { color: 'var(--text-3)', backgroundColor: 'var(--well)', borderRight: '1px solid var(--line-soft)' },
  '.cm-activeLine, .cm-activeLineGutter': { backgroundColor: 'var(--raised)' },
  '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground': {
    backgroundColor: 'var(--cool-tint)',
  },
  '.cm-selectionMatch': { backgroundColor: 'var(--pressed)' },
  '.cm-lintRange-error': {
    backgroundImage: 'none',
    textDecoration: 'underline wavy var(--bad)',
    textDecorationSkipInk: 'none',
    textUnderlineOffset: '3px',
  },
  '.cm-lint-marker-error': {
    content: 'none',
    width: '7px',
    height: '7px',
    margin: '6px 2px',
    borderRadius: '50%',
    backgroundColor: 'var(--bad)',
  },
  // No wider than half of the editor: a longer one ends in an ellipsis, and is told in full beside the editor.
  '.cm-lineFault': {
    display: 'inline-block',
    maxWidth: '50cqi',
    marginLeft: '18px',
    overflow: 'hidden',
    textOverflow: 'ellipsis',
    verticalAlign: 'bottom',
    color: 'var(--bad)',
    fontFamily: 'var(--font-text)',
    fontSize: 'var(--size-small)',
  },
  '.cm-tooltip': {
    border: '1px solid var(--line-strong)',
    borderRadius: '6px',
    color: 'var(--text)',
    backgroundColor: 'var(--raised)',
    boxShadow: 'var(--shadow)',
  },
  '.cm-tooltip.cm-tooltip-autocomplete > ul': { maxHeight: '18em', fontFamily: 'var(--font-mono)', fontSize: '12px' },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li': { padding: '3px 9px' },
  '.cm-tooltip-autocomplete > ul > li[aria-selected]': { color: 'var(--text)', backgroundColor: 'var(--pressed)' },
  '.cm-completionMatchedText': { textDecoration: 'none', color: 'var(--ember)' },
  '.cm-completionDetail': { marginLeft: '12px', color: 'var(--text-3)', fontStyle: 'normal' },
  '.cm-completionInfo, .cm-keyHelp': {
    maxWidth: '380px',
    padding: '8px 11px',
    fontFamily: 'var(--font-text)',
    fontSize: 'var(--size-small)',
    lineHeight: '1.45',
  },
  '.cm-keyHelp strong, .cm-completionInfo strong': { fontFamily: 'var(--font-mono)', fontWeight: '600' },
  '.cm-keyHelp p, .cm-completionInfo p': { margin: '4px 0 0', color: 'var(--text-2)' },
  '.cm-diagnostic-error': { borderLeft: '3px solid var(--bad)', fontFamily: 'var(--font-text)' },
  '.cm-panels': { color: 'var(--text)', backgroundColor: 'var(--raised)', borderBottom: '1px solid var(--line)' },
  '.cm-textfield, .cm-button': {
    border: '1px solid var(--line-strong)',
    borderRadius: 'var(--radius)',
    color: 'var(--text)',
    backgroundColor: 'var(--well)',
    backgroundImage: 'none',
  },
});
