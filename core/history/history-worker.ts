/** The history's own thread: what it does to the disk stops nobody. */
import { parentPort, workerData } from 'node:worker_threads';
import { answerHistory } from './answer-history.ts';
import { HistoryKeeper } from './history-keeper.ts';
import type { ToHistory } from './history-messages.ts';

/** Given by the engine's thread. */
export interface HistoryWorkerData {
  readonly file: string;
}

if (!parentPort) {
  throw new Error('history-worker.ts is a worker thread: start it through History');
}
const port = parentPort;
const { file }: HistoryWorkerData = workerData;
const keeper = new HistoryKeeper(file);

port.on('message', (message: ToHistory) => port.postMessage(answerHistory(keeper, message)));
