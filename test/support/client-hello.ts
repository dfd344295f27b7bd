/** What a server receives before it has said a word: the hello of TLS, read from its bytes (RFC 8446, section 4.1.2). */
import type { Socket } from 'node:net';

export interface ClientHello {
  readonly serverName: string | null;
  /** In the order of the client; by their numbers in IANA's registries. */
  readonly suites: readonly number[];
  readonly versions: readonly number[];
  readonly groups: readonly number[];
  /** Groups with a key of the client, which need no second hello. */
  readonly keyShares: readonly number[];
  readonly signatures: readonly number[];
  readonly alpn: readonly string[];
  /** It asks for a session ticket, and shows the one it has. */
  readonly ticketExtension: boolean;
  /** A TLS 1.3 session is offered. */
  readonly preSharedKey: boolean;
}

const extensionTypes = {
  serverName: 0,
  groups: 10,
  signatures: 13,
  alpn: 16,
  ticket: 35,
  preSharedKey: 41,
  versions: 43,
  keyShares: 51,
} as const;

class Reader {
  readonly #bytes: Buffer;
  #at = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  get isAtEnd(): boolean {
    return this.#at >= this.#bytes.length;
  }

  number(size: 1 | 2 | 3): number {
    const value = this.#bytes.readUIntBE(this.#at, size);
    this.#at += size;
    return value;
  }

  bytes(length: number): Buffer {
    const taken = this.#bytes.subarray(this.#at, this.#at + length);
    this.#at += length;
    return taken;
  }

  /** What follows its own length. */
  vector(lengthSize: 1 | 2 | 3): Reader {
    return new Reader(this.bytes(this.number(lengthSize)));
  }

  all<Item>(read: (reader: Reader) => Item): Item[] {
    const items: Item[] = [];
    while (!this.isAtEnd) {
      items.push(read(this));
    }
    return items;
  }

  toString(): string {
    return this.#bytes.toString('latin1');
  }
}

const two = (reader: Reader): number => reader.number(2);

/** Resolves with the first hello that arrives on a connection; what was read is given back to it. */
export async function readClientHello(socket: Socket): Promise<ClientHello> {
  let received = Buffer.alloc(0);
  for (;;) {
    const hello = parseClientHello(received);
    if (hello) {
      socket.unshift(received);
      return hello;
    }
    received = Buffer.concat([
      received,
      await new Promise<Buffer>((resolve) => {
        socket.once('data', (chunk) => {
          socket.pause();
          resolve(chunk);
        });
        socket.resume();
      }),
    ]);
  }
}

/** null when the bytes are not all there yet. A hello with a post-quantum key is longer than one packet, never than one record. */
function parseClientHello(received: Buffer): ClientHello | null {
  if (received.length < 5 || received.length < 5 + received.readUInt16BE(3)) {
    return null;
  }
  const record = new Reader(received.subarray(5));
  record.number(1);
  const hello = record.vector(3);
  hello.bytes(2 + 32);
  hello.vector(1);
  const suites = hello.vector(2).all(two);
  hello.vector(1);
  const extensions = new Map(
    hello.vector(2).all((reader) => {
      const type = reader.number(2);
      return [type, reader.vector(2)] as const;
    }),
  );
  const list = (type: number, lengthSize: 1 | 2 = 2): number[] =>
    extensions.get(type)?.vector(lengthSize).all(two) ?? [];
  return {
    suites,
    serverName:
      extensions
        .get(extensionTypes.serverName)
        ?.vector(2)
        .all((reader) => ({ type: reader.number(1), name: String(reader.vector(2)) }))[0]?.name ?? null,
    versions: list(extensionTypes.versions, 1),
    groups: list(extensionTypes.groups),
    keyShares:
      extensions
        .get(extensionTypes.keyShares)
        ?.vector(2)
        .all((reader) => {
          const group = reader.number(2);
          reader.vector(2);
          return group;
        }) ?? [],
    signatures: list(extensionTypes.signatures),
    alpn:
      extensions
        .get(extensionTypes.alpn)
        ?.vector(2)
        .all((reader) => String(reader.vector(1))) ?? [],
    ticketExtension: extensions.has(extensionTypes.ticket),
    preSharedKey: extensions.has(extensionTypes.preSharedKey),
  };
}
