/** The health of the IPs: a complete picture first, then once a second what is different. */
import type { Clock } from '../base/clock.ts';
import { repeat } from '../base/repeat.ts';
import type { HealthFrame, HealthPicture, IpHealth } from '../contract/health.ts';
import type { IpHealthView } from './console-ports.ts';
import type { Cursor, LiveSource } from './stream-pump.ts';

const tickMs = 1_000;

export class LiveHealth implements LiveSource<HealthFrame> {
  readonly #clock: Clock;
  readonly #view: Pick<IpHealthView, 'picture'>;
  #picture: HealthPicture | null = null;

  constructor(clock: Clock, view: Pick<IpHealthView, 'picture'>) {
    this.#clock = clock;
    this.#view = view;
  }

  start(wake: () => void): () => void {
    const stop = repeat(this.#clock, tickMs, () => {
      this.#picture = null;
      wake();
    });
    return () => {
      this.#picture = null;
      stop();
    };
  }

  open(): Cursor<HealthFrame> {
    let seen: HealthPicture | null = null;
    let rows = new Map<string, IpHealth>();
    return {
      unfinished: false,
      pull: () => {
        // One reading a second serves every subscriber.
        this.#picture ??= this.#view.picture();
        const picture = this.#picture;
        if (picture === seen) {
          return null;
        }
        const before = seen;
        const now = new Map(picture.ips.map((row) => [keyOf(row), row]));
        const upserts = picture.ips.filter((row) => !isSame(row, rows.get(keyOf(row))));
        const removes = [...rows].flatMap(([key, { host, ip, port }]) => (now.has(key) ? [] : [{ host, ip, port }]));
        seen = picture;
        rows = now;
        const { atMs, hosts, localOutage } = picture;
        const isQuiet =
          before !== null &&
          upserts.length + removes.length === 0 &&
          isSame(localOutage, before.localOutage) &&
          hosts.length === before.hosts.length &&
          hosts.every((host, index) => isSame(host, before.hosts[index]));
        return isQuiet ? null : { reset: before === null, atMs, localOutage, hosts, upserts, removes };
      },
      close: () => {},
    };
  }
}

function keyOf({ host, ip, port }: IpHealth): string {
  return `${host}|${ip}|${port}`;
}

/** Field by field, and the fields of an error as well. */
function isSame(one: object | null | undefined, other: object | null | undefined): boolean {
  if (!one || !other) {
    return one === other;
  }
  const others = new Map<string, unknown>(Object.entries(other));
  return Object.entries(one).every(([key, value]) => {
    const otherValue = others.get(key);
    return value !== null && typeof value === 'object'
      ? typeof otherValue === 'object' && isSame(value, otherValue)
      : value === otherValue;
  });
}
