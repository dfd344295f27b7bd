/** One contender of the request bench: `node request-process.ts PROTOCOL IN_FLIGHT CONTENDER PLACE`, with PLACE as JSON. */
import https from 'node:https';
import { Agent, type Dispatcher, request } from 'undici';
import { type OriginPlace, originHostname, streamsPerConnection } from './origin.ts';
import { clientOn, openRealPool, openSocket, type Place, sharedContext } from './real-pool.ts';
import { answerTurns } from './turns.ts';

/** One request, its body read to the end. */
type Exchange = (worker: number) => Promise<unknown>;

interface Load {
  readonly protocol: 'h1' | 'h2';
  readonly inFlight: number;
  readonly place: Place;
}

const [protocol = '', inFlight = '', contender = '', place = ''] = process.argv.slice(2);
const url = `https://${originHostname}/`;

function load(): Load {
  const { authorityPem, h1Port, h2Port, farPort } = JSON.parse(place) as OriginPlace;
  const ports: Readonly<Record<string, number>> = { h1: h1Port, h2: h2Port, far: farPort };
  return {
    protocol: protocol === 'h2' ? 'h2' : 'h1',
    inFlight: Number(inFlight),
    place: { port: ports[protocol] ?? h1Port, authorityPem },
  };
}

async function read({ body }: Dispatcher.ResponseData): Promise<string> {
  return body.text();
}

/** Connections and streams that carry so many requests at once. */
function capacity({ protocol, inFlight }: Load): { readonly connections: number; readonly streams: number } {
  return protocol === 'h2' ? { connections: 1, streams: streamsPerConnection } : { connections: inFlight, streams: 1 };
}

async function lease(load: Load): Promise<Exchange> {
  const { connections, streams } = capacity(load);
  const pool = openRealPool(load.place, connections, streams);
  return async () => {
    using lease = await pool.acquire(originHostname);
    return await read(await lease.request({ method: 'GET', path: '/' }));
  };
}

async function dispatcher(load: Load): Promise<Exchange> {
  const { connections, streams } = capacity(load);
  const pool = openRealPool(load.place, connections, streams);
  return async () => read(await pool.request({ origin: url, method: 'GET', path: '/' }));
}

/** One Client for each socket, and each worker keeps to one. */
async function client(load: Load): Promise<Exchange> {
  const { connections, streams } = capacity(load);
  const context = sharedContext(load.place.authorityPem);
  const clients = await Promise.all(
    Array.from({ length: connections }, async () => clientOn(await openSocket(context, load.place.port), streams)),
  );
  return async (worker) => {
    const client = clients[worker % connections];
    return client && read(await client.request({ method: 'GET', path: '/' }));
  };
}

async function agent(load: Load): Promise<Exchange> {
  const { connections, streams } = capacity(load);
  const context = sharedContext(load.place.authorityPem);
  const agent = new Agent({
    connections,
    allowH2: load.protocol === 'h2',
    h2Options: { maxConcurrentStreams: streams },
    connect: { secureContext: context, host: '127.0.0.1', port: load.place.port, servername: originHostname },
  });
  return async () => read(await request(`https://127.0.0.1:${load.place.port}/`, { dispatcher: agent }));
}

async function nodeHttps({ inFlight, place }: Load): Promise<Exchange> {
  const secureContext = sharedContext(place.authorityPem);
  const agent = new https.Agent({ keepAlive: true, maxSockets: inFlight });
  const options = { host: '127.0.0.1', port: place.port, servername: originHostname, path: '/', agent, secureContext };
  return () =>
    new Promise((resolve, reject) => {
      https
        .get(options, (response) => {
          let text = '';
          response.setEncoding('utf8').on('data', (chunk: string) => {
            text += chunk;
          });
          response.on('end', () => resolve(text)).on('error', reject);
        })
        .on('error', reject);
    });
}

/** A program that has no connection: it dials, and leaves. */
async function cold({ place }: Load): Promise<Exchange> {
  const context = sharedContext(place.authorityPem);
  return async () => {
    const client = clientOn(await openSocket(context, place.port), 1);
    await read(await client.request({ method: 'GET', path: '/' }));
    await client.destroy();
  };
}

const contenders: Readonly<Record<string, (load: Load) => Promise<Exchange>>> = {
  lease,
  dispatcher,
  Client: client,
  Agent: agent,
  'node:https': nodeHttps,
  cold,
};

const open = contenders[contender];
if (!open) {
  throw new RangeError(`"${contender}" is not a contender: ${Object.keys(contenders).join(', ')}`);
}
answerTurns(Number(inFlight), await open(load()));
