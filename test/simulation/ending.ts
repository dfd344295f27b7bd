/** How a run ends: everything heals and everybody is served, or not; then the pool closes, and nothing may be left. */
import { getEventListeners } from 'node:events';
import { drain } from './drain.ts';
import type { Schedule } from './schedule.ts';
import type { World } from './world.ts';

/** Longer than the longest deadline of a dial, a probe and a rest together. */
const healingMs = 90_000;
/** Between two looks. */
const lookMs = 1_000;

/** Calm weather, open lists, leases given back: who asks now is served. */
export async function heal(world: World, schedule: Schedule): Promise<void> {
  const { network, access, directory, callers, scenario, clock, referee, dice, requests } = world;
  schedule.note('heal', 'calm weather, open lists, all leases given back');
  network.calm();
  for (const { name, addresses } of scenario.hosts) {
    directory.setFailing(name.name, false);
    directory.change(name, addresses);
  }
  access.clear();
  requests.abortAll();
  callers.generous = true;
  for (const holding of [...callers.holdings]) {
    callers.release(holding, 'ok');
  }
  const beganMs = clock.monotonicMs();
  for (const { name, addresses } of scenario.hosts) {
    const wish = { host: name.name, priority: 'background', timeoutMs: healingMs * 2, abortable: false } as const;
    callers.acquire({ ...wish, path: null, ip: null });
    if (!scenario.isPlain) {
      callers.acquire({ ...wish, path: '/data', ip: null });
      callers.acquire({ ...wish, path: '/data', ip: dice.pick(addresses).ip });
    }
  }
  while (clock.monotonicMs() - beganMs < healingMs) {
    await schedule.pass(lookMs);
    referee.throwIfAny();
  }
  for (const { id, wish } of callers.waiting) {
    referee.fail(
      'nobody is lost',
      `#${id} for ${wish.host} ${wish.path ?? ''} ${wish.ip ?? ''} still waits in calm weather`,
    );
  }
  referee.throwIfAny();
}

/** Closes the pool amid whatever it is at, and looks for what is left. */
export async function shutDown(world: World, schedule: Schedule): Promise<void> {
  const { pool, callers, dice, referee, health, keeper, budget, access, directory, clock, budgetClock } = world;
  schedule.note('close', `${callers.waiting.size} wait, ${callers.holdings.length} leases`);
  callers.closing = true;
  let isClosed = false;
  const atOnce = dice.chance(0.1) ? AbortSignal.abort() : undefined;
  const closing = pool.close(atOnce);
  if (pool.close() !== closing) {
    referee.fail('closing twice is fine');
  }
  void closing.finally(() => {
    isClosed = true;
  });
  health.close();
  keeper?.close();
  await schedule.pass(0);
  callers.closed = true;
  for (const { id } of callers.waiting) {
    referee.fail('a closed pool refuses at once', `#${id} still waits`);
  }
  // Some give back what they hold in time, the others never.
  for (const holding of callers.holdings.filter(() => dice.chance(0.5))) {
    callers.release(holding, 'ok');
  }
  await drain();
  const untilMs = clock.monotonicMs() + longestDrain(world);
  while (!isClosed && clock.fireNext(untilMs)) {
    await drain();
  }
  if (!isClosed) {
    referee.fail('closing ends with the drain timeout');
    referee.throwIfAny();
  }
  access.clear();
  const timers = clock.timers - budgetClock.timers;
  if (timers > 0) {
    referee.fail('nothing is left behind', `${timers} timers when the pool has closed`);
  }
  verifyFinal(world, (await closing).sinceStart.leases);
  for (const holding of [...callers.holdings]) {
    callers.release(holding, 'ok');
  }
  // The dial budget judges its pace once more.
  await schedule.pass(1_000);
  await verifyRefusals(world);
  verifyNothingLeft(world);
  if (budget.inFlight + budget.waiting > 0 || access.listeners + directory.listeners > 0) {
    referee.fail('nothing is left behind', 'a permit or a listener');
  }
  referee.throwIfAny();
}

/** Settings may have had another drain timeout when a connection began to drain. */
function longestDrain({ scenario, watch }: World): number {
  return Math.max(5_000, scenario.settings.pool.drainTimeoutMs, watch.settings.pool.drainTimeoutMs);
}

function verifyFinal({ callers, network, referee }: World, leases: number): void {
  if (leases !== callers.granted + network.pooledAttempts) {
    referee.fail('counters equal a recount', `final leases: ${leases}, counted ${callers.granted}`);
  }
}

async function verifyRefusals({ scenario, callers, referee, warmUps }: World): Promise<void> {
  const [host] = scenario.hosts;
  if (!host) {
    return;
  }
  const wish = {
    host: host.name.name,
    path: null,
    ip: null,
    priority: 'interactive',
    timeoutMs: null,
    abortable: false,
  } as const;
  const before = callers.refusals.get('pool closed') ?? 0;
  callers.acquire(wish);
  const opened = warmUps.opened;
  const [address] = host.addresses;
  if (address) {
    await warmUps.open({ host: host.name, ...address }, 1_000, 'warm-up');
  }
  if ((callers.refusals.get('pool closed') ?? 0) !== before + 1 || warmUps.opened > opened) {
    referee.fail('a closed pool refuses with a clear error');
  }
}

function verifyNothingLeft({ clock, network, pool, callers, referee, requests, warmUps, watch }: World): void {
  const left = {
    timers: clock.timers,
    sockets: network.alive.size,
    dials: network.dialing,
    connections: [...pool.rows()].length + watch.told.size,
    waiting: callers.waiting.size,
    'requests through the pool': requests.open.size,
    'warm-ups': warmUps.controllers.size,
    'overdue leases': pool.stats().leasesOverLeakThreshold,
    'abort listeners': [...network.signals].filter((signal) => getEventListeners(signal, 'abort').length > 0).length,
  };
  const { releases } = pool.stats().sinceStart;
  if (releases !== callers.releases + network.pooledAttempts) {
    referee.fail('counters equal a recount', `releases: the pool says ${releases}, counted ${callers.releases}`);
  }
  const found = Object.entries(left).filter(([, count]) => count !== 0);
  if (found.length > 0) {
    referee.fail('nothing is left behind', found.map(([what, count]) => `${count} ${what}`).join(', '));
  }
}
