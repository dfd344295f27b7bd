/** The records of all endpoints that are known, found by endpoint and by IP. */
import type { Endpoint } from '../dial/endpoint.ts';
import type { IpRecord } from './ip-record.ts';

export class RecordIndex {
  readonly #records = new Map<string, IpRecord>();
  readonly #byIp = new Map<string, Set<IpRecord>>();

  get(host: string, ip: string, port: number): IpRecord | undefined {
    return this.#records.get(`${host}|${ip}|${port}`);
  }

  of({ host, ip, port }: Endpoint): IpRecord | undefined {
    return this.get(host.name, ip, port);
  }

  /** Of one IP, whatever host it is known of. */
  ofIp(ip: string): Iterable<IpRecord> {
    return this.#byIp.get(ip) ?? [];
  }

  all(): IteratorObject<IpRecord> {
    return this.#records.values();
  }

  add(record: IpRecord): void {
    const { host, ip, port } = record.endpoint;
    this.#records.set(`${host.name}|${ip}|${port}`, record);
    const sharing = this.#byIp.get(ip);
    if (sharing) {
      sharing.add(record);
    } else {
      this.#byIp.set(ip, new Set([record]));
    }
  }

  delete(record: IpRecord): void {
    const { host, ip, port } = record.endpoint;
    this.#records.delete(`${host.name}|${ip}|${port}`);
    const sharing = this.#byIp.get(ip);
    sharing?.delete(record);
    if (sharing?.size === 0) {
      this.#byIp.delete(ip);
    }
  }
}
