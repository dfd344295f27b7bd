/** The other thread of the history, seen from the engine's. */
import { Worker } from 'node:worker_threads';
import type { HistoryThread } from './history.ts';
import type { FromHistory, ToHistory } from './history-messages.ts';
import type { HistoryWorkerData } from './history-worker.ts';

/** Starts it; it never keeps the process alive. */
export function startHistoryThread(workerUrl: URL, file: string): HistoryThread {
  const workerData: HistoryWorkerData = { file };
  const worker = new Worker(workerUrl, { workerData, name: 'history' });
  worker.unref();
  let failure: Error | null = null;
  worker.on('error', (error) => {
    failure = error instanceof Error ? error : new Error(String(error));
  });
  const ended = new Promise<string>((resolve) => {
    worker.once('exit', (code) => resolve(failure?.message ?? `exit code ${code}`));
  });
  return {
    send: (message: ToHistory) => worker.postMessage(message),
    onMessage: (listener) => {
      worker.on('message', (message: FromHistory) => listener(message));
    },
    onEnd: (listener) => {
      void ended.then(listener);
    },
    end: async () => {
      await worker.terminate();
      await ended;
    },
  };
}
