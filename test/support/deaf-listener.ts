/** An address where a connection is neither accepted nor refused: every SYN is dropped, as on a network that loses all. */
import { connect, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';

/** A listener whose thread sleeps: the system accepts what fits its queue, and drops every further SYN. */
const sleeper = `
  const { parentPort, workerData } = require('node:worker_threads');
  const server = require('node:net').createServer();
  server.listen({ ...workerData, backlog: 1 }, () => {
    parentPort.postMessage(server.address().port);
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
  });`;

/** Port 0 is any that is free. */
export async function listenDeafly(ip: string, port: number): Promise<DeafListener> {
  const worker = new Worker(sleeper, { eval: true, workerData: { host: ip, port } });
  const listening = await new Promise<number>((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
  });
  const fillers = Array.from({ length: 4 }, () => connect(listening, ip).on('error', () => undefined));
  // What is in the queue by now is what fits.
  await delay(20);
  return new DeafListener(worker, fillers, listening);
}

export class DeafListener implements AsyncDisposable {
  readonly port: number;
  readonly #worker: Worker;
  readonly #fillers: readonly Socket[];

  constructor(worker: Worker, fillers: readonly Socket[], port: number) {
    this.#worker = worker;
    this.#fillers = fillers;
    this.port = port;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const filler of this.#fillers) {
      filler.destroy();
    }
    await this.#worker.terminate();
  }
}
