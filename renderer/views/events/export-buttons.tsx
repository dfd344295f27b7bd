/** The log as a file. */
import Download from 'lucide-react/icons/download';
import { useState } from 'react';
import { Button } from '../../parts/button/button.tsx';
import { fileStamp } from '../../parts/file-stamp.ts';
import { saveFile } from '../../parts/save-file.ts';
import { tell } from '../../parts/toast/toasts.tsx';
import { failureText } from '../../words/failure-text.ts';
import { type ExportFormat, exportFormats, printEvents } from './export-events.ts';
import type { ShownEvent } from './shown-event.ts';
import type { EventLog } from './use-event-log.ts';
import { words } from './words.ts';

/** The events of the range that fit, also those that are not read yet; of a log that is held, those that are shown. */
export function ExportButtons({
  shown,
  rest,
  nowMs,
}: {
  readonly shown: readonly ShownEvent[];
  readonly rest: EventLog['readRest'] | null;
  readonly nowMs: number;
}) {
  const [busy, setBusy] = useState(false);
  const save = async (format: ExportFormat): Promise<void> => {
    setBusy(true);
    try {
      const older = rest === null ? { events: [], whole: true } : await rest();
      const events = [...shown, ...older.events];
      const file = `events-${fileStamp(nowMs)}.${format}`;
      saveFile(file, printEvents(events, format));
      tell('good', () => words.export.done(events.length, file, older.whole));
    } catch (error) {
      tell(
        'bad',
        () => words.export.failed,
        () => failureText(error),
      );
    } finally {
      setBusy(false);
    }
  };
  return exportFormats.map((format) => (
    <Button
      key={format}
      small
      look="quiet"
      title={rest === null ? words.export.hintHeld : words.export.hint}
      icon={<Download aria-hidden="true" />}
      disabled={shown.length === 0 || busy}
      aria-busy={busy || undefined}
      onClick={() => void save(format)}
    >
      {words.export[format]}
    </Button>
  ));
}
