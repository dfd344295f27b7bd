/** Who is out of use, by IP: one IP may serve several hosts, and they share its entry of the automatic black list. */
import type { AutomaticLists } from '../access/access-policy.ts';
import { chargeText } from '../contract/event-words-en.ts';
import type { IpRecord } from './ip-record.ts';

export class OutOfUse {
  readonly #lists: Pick<AutomaticLists, 'automaticBan' | 'ban' | 'unban'>;
  readonly #byIp = new Map<string, Set<IpRecord>>();

  constructor(lists: Pick<AutomaticLists, 'automaticBan' | 'ban' | 'unban'>) {
    this.#lists = lists;
  }

  *[Symbol.iterator](): Iterator<IpRecord> {
    for (const records of this.#byIp.values()) {
      yield* records;
    }
  }

  has(ip: string): boolean {
    return this.#byIp.has(ip);
  }

  add(record: IpRecord): void {
    const { ip } = record.endpoint;
    const sharing = this.#byIp.get(ip);
    if (sharing) {
      sharing.add(record);
    } else {
      this.#byIp.set(ip, new Set([record]));
    }
  }

  delete(record: IpRecord): void {
    const { ip } = record.endpoint;
    const sharing = this.#byIp.get(ip);
    sharing?.delete(record);
    if (sharing?.size === 0) {
      this.#byIp.delete(ip);
    }
  }

  /** Its entry is for all who share the IP: until the latest end, with the note of the latest ejection. */
  list(ip: string): void {
    const records = [...(this.#byIp.get(ip) ?? [])].sort((one, other) => other.ejectedAtMs - one.ejectedAtMs);
    const [latest] = records;
    const note = latest?.charge ? chargeText(latest.endpoint.host.name, latest.charge) : '';
    const endsAtMs = Math.max(...records.map(({ banEndsAtMs }) => banEndsAtMs));
    this.#lists.ban(ip, note, endsAtMs, [...new Set(records.map(({ endpoint }) => endpoint.host.name))]);
  }

  /** One that shared the IP is back: its entry stays for the others alone, unless a person has lifted it. */
  unlist(ip: string): void {
    if (!this.has(ip)) {
      this.#lists.unban(ip);
    } else if (this.#lists.automaticBan(ip)) {
      this.list(ip);
    }
  }
}
