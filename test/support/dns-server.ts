/** A name server on loopback: as much of RFC 1035 as answers A and AAAA. */
import { createSocket, type Socket } from 'node:dgram';
import ipaddr from 'ipaddr.js';

const types = { 1: 'ipv4', 28: 'ipv6' } as const;
const codes = { noError: 0, serverFailure: 2, nameError: 3 } as const;
const ttlSeconds = 60;

export class DnsServer implements AsyncDisposable {
  readonly #socket: Socket;
  /** By name; a name that is not here does not exist. */
  readonly names = new Map<string, readonly string[]>();
  /** Answers nothing but that it has failed. */
  failing = false;
  /** The names that were asked for, one entry for each question. */
  readonly asked: string[] = [];

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.on('message', (question, { port, address }) => socket.send(this.#answer(question), port, address));
  }

  static async start(): Promise<DnsServer> {
    const socket = createSocket('udp4');
    await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
    return new DnsServer(socket);
  }

  /** As a resolver is configured. */
  get address(): string {
    return `127.0.0.1:${this.#socket.address().port}`;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await new Promise<void>((resolve) => this.#socket.close(resolve));
  }

  #answer(message: Buffer): Buffer {
    const { name, end } = readName(message);
    this.asked.push(name);
    const family = types[message.readUInt16BE(end) as keyof typeof types];
    const ips = this.names.get(name);
    const found = (ips ?? []).map((ip) => ipaddr.parse(ip)).filter((ip) => ip.kind() === family);
    const code = this.failing ? codes.serverFailure : ips ? codes.noError : codes.nameError;
    const records = this.failing ? [] : found.map((ip) => record(message.readUInt16BE(end), ip.toByteArray()));
    const header = Buffer.alloc(12);
    message.copy(header, 0, 0, 2);
    // A response with recursion desired and available, and its code.
    header.writeUInt16BE(0x8180 | code, 2);
    header.writeUInt16BE(1, 4);
    header.writeUInt16BE(records.length, 6);
    return Buffer.concat([header, message.subarray(12, end + 4), ...records]);
  }
}

/** Of the first question; `end` is behind the name. */
function readName(message: Buffer): { name: string; end: number } {
  const labels: string[] = [];
  let at = 12;
  for (let length = message.readUInt8(at); length > 0; length = message.readUInt8(at)) {
    labels.push(message.toString('latin1', at + 1, at + 1 + length));
    at += 1 + length;
  }
  return { name: labels.join('.').toLowerCase(), end: at + 1 };
}

function record(type: number, data: readonly number[]): Buffer {
  const head = Buffer.alloc(12);
  // A pointer to the name in the question.
  head.writeUInt16BE(0xc00c, 0);
  head.writeUInt16BE(type, 2);
  head.writeUInt16BE(1, 4);
  head.writeUInt32BE(ttlSeconds, 6);
  head.writeUInt16BE(data.length, 10);
  return Buffer.concat([head, Buffer.from(data)]);
}
