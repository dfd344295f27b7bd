/** What was dropped: the file's text, or the text itself. */
export async function droppedText(transfer: DataTransfer): Promise<string> {
  const [file] = transfer.files;
  // Read before anything is awaited: afterwards the transfer is empty.
  const text = transfer.getData('text');
  return file ? file.text() : text;
}

/** For `ref`: a file or a text that is dropped on the element, or on anything in it that does not take it, is handed on. */
export function droppable(onText: (text: string) => void): (element: HTMLElement | null) => (() => void) | undefined {
  return (element) => {
    if (!element) {
      return;
    }
    const allow = (event: DragEvent): void => event.preventDefault();
    const drop = (event: DragEvent): void => {
      if (event.dataTransfer && !event.defaultPrevented) {
        event.preventDefault();
        void droppedText(event.dataTransfer).then(onText);
      }
    };
    element.addEventListener('dragover', allow);
    element.addEventListener('drop', drop);
    return () => {
      element.removeEventListener('dragover', allow);
      element.removeEventListener('drop', drop);
    };
  };
}
