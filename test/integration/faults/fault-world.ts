/**
 * A whole engine on three real TLS origins of one host, under a clock that the test moves: bytes are real, time is not.
 * The first of the three is the one that falls sick.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as realDelay } from 'node:timers/promises';
import { seededRandom } from '../../../core/base/random.ts';
import type { ExplainedEndpoint } from '../../../core/contract/explain.ts';
import type { CloseReason, ErrorClass } from '../../../core/contract/vocabulary.ts';
import { type CertificateAuthority, createAuthority } from '../../../core/demo/certificate-authority.ts';
import { classify } from '../../../core/dial/error-classes.ts';
import { type HotpoolEngine, startEngine } from '../../../core/engine/hotpool-engine.ts';
import type { Lease } from '../../../core/pool/lease.ts';
import { SettableClock } from '../../support/manual-clock.ts';
import { startTlsOrigin, type TlsOrigin } from '../../support/tls-origin.ts';
import type { CountedIn } from './fault-matrix.ts';

const ips = ['127.0.0.1', '127.0.0.2', '127.0.0.3'] as const;
const sickIp = ips[0];
const stepMs = 500;
const visitEveryMs = 1_000;
/** Of a visitor, and of one who asks for the sick IP. */
const visitTimeoutMs = 10_000;
const returnTimeoutMs = 2_000;
/** Real time that a step gives to what is under way; what hangs on purpose uses it up each time. */
const patienceMs = 1_000;
const hangingPatienceMs = 6;

export interface Visit {
  /** The IP that it wanted; null: any. */
  readonly asked: string | null;
  /** null when it got no connection. */
  readonly ip: string | null;
  /** null when the answer broke, or never came. */
  readonly status: number | null;
}

interface Parts {
  readonly clock: SettableClock;
  readonly authority: CertificateAuthority;
  readonly origins: readonly TlsOrigin[];
  readonly sick: TlsOrigin;
  readonly engine: HotpoolEngine;
  readonly folder: string;
}

export async function openFaultWorld(): Promise<FaultWorld> {
  const authority = await createAuthority();
  const origins = await startOrigins(authority);
  const [sick] = origins;
  if (!sick) {
    throw new Error('there are no origins');
  }
  const folder = mkdtempSync(join(tmpdir(), 'hotpool-faults-'));
  const configFile = join(folder, 'hotpool.toml');
  writeFileSync(join(folder, 'authority.pem'), authority.certificatePem);
  writeFileSync(
    configFile,
    `[pool]
max_conns_per_host = 20
min_idle_per_host = 3

[[targets]]
host = "origin.test:${sick.port}"
ips = [${ips.map((ip) => `"${ip}"`).join(', ')}]
ca_file = "authority.pem"
`,
  );
  // Certificates are verified by the system's time.
  const clock = new SettableClock(Date.now());
  const engine = await startEngine({
    version: '0',
    configFile,
    demo: null,
    dataFolder: folder,
    clock,
    random: seededRandom(1),
  });
  const world = new FaultWorld({ clock, authority, origins, sick, engine, folder });
  await world.pass(3_000);
  if (ips.some((ip) => world.usable(ip) === 0)) {
    throw new Error('the floor did not warm every IP');
  }
  return world;
}

/** One port that is free on all of the addresses, as a host's is. */
async function startOrigins(authority: CertificateAuthority): Promise<TlsOrigin[]> {
  const certificate = await authority.issue({ names: ['origin.test'] });
  const origins: TlsOrigin[] = [];
  for (const ip of ips) {
    origins.push(await startTlsOrigin({ authority, certificate, ip, port: origins[0]?.port ?? 0 }));
  }
  return origins;
}

export class FaultWorld implements AsyncDisposable {
  readonly clock: SettableClock;
  readonly authority: CertificateAuthority;
  readonly sick: TlsOrigin;
  readonly engine: HotpoolEngine;
  /** What closed on the sick IP, in order. */
  readonly closed: CloseReason[] = [];
  /** Whatever befell callers on the sick IP, and the engine's own dials and checks of it. */
  readonly classes = new Set<ErrorClass>();
  visits: Visit[] = [];
  /** Something hangs on purpose: a step does not wait for it. */
  hanging = false;
  /** The sick IP has been on the automatic black list. */
  everListed = false;
  everBackedOff = false;
  /** The health of its host kept it out of use, or on trial. */
  everEjected = false;
  /** Its flag was down at some time. */
  everSuspect = false;
  /** Each visitor of the host is followed by one who asks for the sick IP. */
  asking = false;
  /** Called before each step. */
  beforeStep: () => void | Promise<void> = () => undefined;
  /** How often each kind of event was emitted. */
  readonly #events = new Map<string, number>();
  readonly #origins: readonly TlsOrigin[];
  readonly #folder: string;
  readonly #sickIds = new Set<number>();
  #sinceMs = 0;
  readonly #visiting = new Set<Promise<void>>();

  constructor({ clock, authority, origins, sick, engine, folder }: Parts) {
    this.clock = clock;
    this.authority = authority;
    this.sick = sick;
    this.engine = engine;
    this.#origins = origins;
    this.#folder = folder;
    engine.events.subscribe(({ kind }) => this.#events.set(kind, (this.#events.get(kind) ?? 0) + 1));
    engine.pool.observe({
      changed: (id) => this.#changed(id),
      closed: (id, reason) => {
        if (this.#sickIds.delete(id)) {
          this.closed.push(reason);
        }
      },
    });
  }

  get origins(): readonly TlsOrigin[] {
    return this.#origins;
  }

  /** Connections to an IP that could be handed out now. */
  usable(ip: string = sickIp): number {
    let usable = 0;
    for (const row of this.engine.pool.rows()) {
      usable += Number(row.ip === ip && row.healthy && (row.state === 'idle' || row.state === 'leased'));
    }
    return usable;
  }

  counted(statistic: CountedIn): number {
    return statistic === 'dns.refresh-failed'
      ? (this.#events.get(statistic) ?? 0)
      : this.engine.pool.stats().sinceStart[statistic];
  }

  /** The profiles of the connections to the sick IP that are there now. */
  profiles(): ReadonlySet<string> {
    return new Set([...this.engine.pool.rows()].filter(({ ip }) => ip === sickIp).map(({ profile }) => profile));
  }

  /** Lets simulated time pass: a visitor comes each second, and what is under way has real time to go on. */
  async pass(ms: number, visiting = true): Promise<void> {
    for (let passedMs = 0; passedMs < ms; passedMs += stepMs) {
      await this.beforeStep();
      if (visiting && passedMs % visitEveryMs === 0) {
        this.#follow(this.#visit());
        if (this.asking) {
          this.#follow(this.#visit(sickIp));
        }
      }
      await this.clock.advance(stepMs);
      await this.#settle();
      await this.#look();
    }
  }

  /** What the sick origin did to its connections is noticed: none of them would be handed out. */
  async cold(): Promise<void> {
    while (this.usable() > 0) {
      await realDelay(1);
    }
  }

  /** What the fault has done to old connections is noticed before anybody comes. */
  async rest(): Promise<void> {
    await realDelay(20);
    this.#sinceMs = this.clock.epochMs();
    this.visits = [];
    this.closed.length = 0;
    this.classes.clear();
  }

  /** Simulated milliseconds until somebody who asks for the sick IP gets a good answer from it; at most `withinMs`. */
  async untilItServes(withinMs: number): Promise<number> {
    const startedMs = this.clock.monotonicMs();
    let serves = false;
    const ask = async (): Promise<void> => {
      const timeoutMs = returnTimeoutMs;
      serves ||= await this.#answered(this.engine.pool.acquireIp(`https://${this.#host}/`, sickIp, { timeoutMs })).then(
        ({ status }) => status === 200,
        () => false,
      );
    };
    while (!serves && this.clock.monotonicMs() - startedMs < withinMs) {
      this.#follow(ask());
      await this.pass(visitEveryMs);
    }
    if (!serves) {
      throw new Error(`it does not serve again after ${withinMs} ms; it has had ${[...this.classes].join(', ')}`);
    }
    return this.clock.monotonicMs() - startedMs;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const origin of this.#origins) {
      origin.letGo();
    }
    await this.engine.close(AbortSignal.abort());
    await Promise.all(this.#origins.map((origin) => origin[Symbol.asyncDispose]()));
    await Promise.all(this.#visiting);
    rmSync(this.#folder, { recursive: true, force: true });
  }

  get #host(): string {
    return `origin.test:${this.sick.port}`;
  }

  #follow(work: Promise<void>): void {
    const followed = work.finally(() => this.#visiting.delete(followed));
    this.#visiting.add(followed);
  }

  async #visit(asked: string | null = null): Promise<void> {
    const { pool } = this.engine;
    const options = { timeoutMs: visitTimeoutMs };
    const acquiring =
      asked === null ? pool.acquire(this.#host, options) : pool.acquireIp(`https://${this.#host}/`, asked, options);
    this.visits.push({ asked, ...(await this.#answered(acquiring).catch(() => ({ ip: null, status: null }))) });
  }

  /** @throws what the acquire throws. */
  async #answered(acquiring: Promise<Lease>): Promise<Pick<Visit, 'ip' | 'status'>> {
    using lease = await acquiring;
    const { ip } = lease;
    const late = new AbortController();
    const timer = this.clock.after(visitTimeoutMs, () => late.abort());
    try {
      const { statusCode, body } = await lease.request({ path: '/', method: 'GET', signal: late.signal });
      await body.arrayBuffer();
      return { ip, status: statusCode };
    } catch (error) {
      if (ip === sickIp) {
        this.classes.add(classify(error, 'http').errorClass);
      }
      return { ip, status: null };
    } finally {
      timer.cancel();
    }
  }

  async #settle(): Promise<void> {
    const untilMs = performance.now() + (this.hanging ? hangingPatienceMs : patienceMs);
    do {
      await realDelay(1);
    } while (performance.now() < untilMs && (this.hanging || this.#isBusy()));
  }

  #isBusy(): boolean {
    const { dialingConnections, validatingConnections, checkingConnections, activeConnections } =
      this.engine.pool.stats();
    return dialingConnections + validatingConnections + checkingConnections + activeConnections > 0;
  }

  #changed(id: number): void {
    const row = this.engine.pool.row(id);
    if (row?.ip === sickIp) {
      this.#sickIds.add(id);
      this.everSuspect ||= row.state === 'idle' && !row.healthy;
    }
  }

  async #look(): Promise<void> {
    const { ips: health } = await this.engine.console.request('health.ips', {});
    const sick = health.find(({ ip }) => ip === sickIp);
    if (sick?.lastError && sick.lastError.atMs >= this.#sinceMs) {
      this.classes.add(sick.lastError.class);
    }
    this.everEjected ||= sick?.state === 'ejected' || sick?.state === 'probing';
    const endpoint = this.endpoint();
    for (const failure of endpoint?.failuresByClass ?? []) {
      this.classes.add(failure.class);
    }
    this.everBackedOff ||= endpoint?.backOffUntilMs !== null;
    this.everListed ||= endpoint?.access.list === 'black';
  }

  endpoint(): ExplainedEndpoint | null {
    const explanation = this.engine.pool.explain(sickIp);
    return explanation?.subject === 'ip' ? (explanation.endpoints[0] ?? null) : null;
  }
}
