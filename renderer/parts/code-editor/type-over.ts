/**
 * What is typed over a selection. Chromium by itself would put the old text's colours on the new one as an inline style,
 * which the policy of the page refuses, with an error in its log; so the editor does it.
 */
import { EditorView } from '@codemirror/view';

export const typeOver = EditorView.domEventHandlers({
  beforeinput: (event, view) => {
    const { inputType, data, isComposing } = event;
    const { readOnly, selection } = view.state;
    if (readOnly || inputType !== 'insertText' || data === null || isComposing || selection.main.empty) {
      return false;
    }
    view.dispatch(view.state.replaceSelection(data), { userEvent: 'input.type', scrollIntoView: true });
    return true;
  },
});
