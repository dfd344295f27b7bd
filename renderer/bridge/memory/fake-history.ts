/** A past in which nothing has happened yet. */
import { ContractError } from '../../../core/contract/errors.ts';
import type { AnswersOf } from './memory-answers.ts';

export const fakeHistory: AnswersOf<'history'> = {
  'history.series': () => ({ stepMs: 1_000, points: [] }),
  'history.events': () => ({ events: [], cursor: null }),
  'history.lives': () => ({ lives: [], cursor: null }),
  'history.life': () => {
    throw new ContractError('not-found', 'The gallery remembers no connection.');
  },
  'history.alerts': () => ({ alerts: [], cursor: null }),
  'history.checks': () => ({ checks: [], cursor: null }),
  'history.spans': () => ({ spans: [], cursor: null }),
  'history.cells': ({ fromMs }) => ({ fromMs, stepMs: 1_000, columns: 0, rows: [], total: 0 }),
  'history.warmUps': () => ({ warmUps: [], cursor: null }),
  'history.warmUpCells': () => ({ cells: [] }),
  'history.moment': () => {
    throw new ContractError('conflict', 'The gallery has no past.');
  },
  'history.changes': () => ({ changes: [], cursor: null }),
  'history.status': () => ({ recording: true, fault: null, file: '', sizeBytes: 0, oldestAtMs: null, lost: 0 }),
};
