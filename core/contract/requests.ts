/** One request of the operator's own through the pool: what it got, on which connection, and what each part of it took. */
import { z } from 'zod';
import { connectionIdSchema } from './connections.ts';
import { command } from './define.ts';
import { loadFailures } from './load-run.ts';
import { countSchema, durationMsSchema, epochMsSchema, protocolSchema } from './vocabulary.ts';

/** It looks, it does not carry freight: both ways are bounded, and so is the time. */
export const requestBounds = {
  timeoutMs: { min: 100, max: 60_000, default: 10_000 },
  headers: 64,
  headerBytes: 16 * 1024,
  /** Characters of the body that is sent. */
  bodyLength: 256 * 1024,
  /** Bytes of the answer's body that are kept to be shown. */
  keptBytes: 256 * 1024,
  /** The body is read up to so many bytes, so that its time and size are true; what is longer is given up. */
  readBytes: 16 * 1024 * 1024,
  /** Of all consoles together. */
  inFlight: 8,
} as const;

export const requestMethods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const;
export type RequestMethod = (typeof requestMethods)[number];

/** Nobody expects a body of theirs (RFC 9110, sections 9.3.1 and 9.3.2). */
export const methodsWithoutBody: readonly RequestMethod[] = ['GET', 'HEAD'];

/** What says how a message is framed and for whom it is belongs to the connection (RFC 9110, sections 7.2, 7.6.1 and 10.1.1). */
const headersOfTheConnection: ReadonlySet<string> = new Set([
  'connection',
  'content-length',
  'expect',
  'host',
  'http2-settings',
  'keep-alive',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

export const requestHeaderSchema = z.strictObject({
  /** A token (RFC 9110, section 5.6.2). */
  name: z
    .string()
    .trim()
    .min(1, 'a header needs a name')
    .max(256)
    .regex(/^[\w!#$%&'*+.^`|~-]+$/, "a header's name has letters, digits and dashes, without spaces or a colon")
    .refine((name) => !headersOfTheConnection.has(name.toLowerCase()), {
      error: ({ input }) => `${input} belongs to the connection and is set by it: leave it out`,
    }),
  value: z
    .string()
    .trim()
    .max(requestBounds.headerBytes)
    .regex(/^[\t\x20-\x7e\x80-\xff]*$/, "a header's value is one line of Latin-1"),
});
export type RequestHeader = z.output<typeof requestHeaderSchema>;

export const requestWishSchema = z
  .strictObject({
    /** The caller's own name for it, by which it is cancelled. */
    ticket: z.string().min(1).max(64),
    method: z.enum(requestMethods).default('GET'),
    /** https, of a watched host. */
    url: z.string().trim().min(1, 'a URL is needed').max(8_192),
    headers: z.array(requestHeaderSchema).max(requestBounds.headers).default([]),
    /** Sent as UTF-8; null: none. */
    body: z.string().max(requestBounds.bodyLength).nullable().default(null),
    /** In which order it waits for a connection. */
    priority: z.enum(['interactive', 'background']).default('interactive'),
    /** null: the pool chooses. */
    ip: z.union([z.ipv4(), z.ipv6()]).nullable().default(null),
    /** From the wait for a connection to the end of the body. */
    timeoutMs: z
      .int()
      .min(requestBounds.timeoutMs.min)
      .max(requestBounds.timeoutMs.max)
      .default(requestBounds.timeoutMs.default),
  })
  .refine(({ method, body }) => body === null || !methodsWithoutBody.includes(method), {
    path: ['body'],
    error: 'GET and HEAD are sent without a body: take it away, or choose another method',
  })
  .refine(
    ({ headers }) =>
      headers.reduce((sum, { name, value }) => sum + name.length + value.length, 0) <= requestBounds.headerBytes,
    { path: ['headers'], error: `all headers together have at most ${requestBounds.headerBytes} bytes` },
  );
export type RequestWish = z.output<typeof requestWishSchema>;
export type RequestWishInput = z.input<typeof requestWishSchema>;

export const requestSupplies = [
  /** A connection was free. */
  'hot',
  /** It was waited for one that was there: in use, being checked, or being made for somebody else. */
  'queued',
  /** One was made while the request waited. */
  'cold',
] as const;

/** What went wrong: an error class, what the pool itself says, or the operator's own will. */
export const requestFailures = [...loadFailures, 'cancelled'] as const;
export type RequestFailure = (typeof requestFailures)[number];

/** What a status says of an IP, by the lists of the configuration. */
export const statusVerdicts = ['good', 'blocked', 'auth', 'busy', 'bad-status'] as const;

export const requestConnectionSchema = z.object({
  id: connectionIdSchema,
  host: z.string(),
  ip: z.string(),
  port: z.int(),
  protocol: protocolSchema,
  /** The TLS profile it was dialled with. */
  profile: z.string(),
  /** Its handshake was a resumption. */
  resumed: z.boolean(),
  createdAtMs: epochMsSchema,
  /** Leases that it had served before this one; 0: it is new. */
  servedBefore: countSchema,
  /** What it took to make it, whenever that was; null where it is not known. */
  making: z.object({
    tcpMs: durationMsSchema.nullable(),
    tlsMs: durationMsSchema.nullable(),
    /** From the handshake to the verdict of the validation. */
    validationMs: durationMsSchema.nullable(),
  }),
});
export type RequestConnection = z.infer<typeof requestConnectionSchema>;

/** One after the other; null where the request did not come so far, or did not pay for it. */
export const requestTimesSchema = z.object({
  /** For a connection, without the parts of its making that follow. */
  waitMs: durationMsSchema,
  /** Of a `cold` request alone. */
  tcpMs: durationMsSchema.nullable(),
  tlsMs: durationMsSchema.nullable(),
  /** The same; of one that got a connection which had lain idle for long, the check before it was handed out. */
  validationMs: durationMsSchema.nullable(),
  /** From sent to the answer's headers. */
  firstByteMs: durationMsSchema.nullable(),
  bodyMs: durationMsSchema.nullable(),
  totalMs: durationMsSchema,
});
export type RequestTimes = z.infer<typeof requestTimesSchema>;

export const requestAnswerSchema = z.object({
  status: z.int().min(200).max(999),
  verdict: z.enum(statusVerdicts),
  /** Names in lower case; one that came several times is there several times. */
  headers: z.array(z.object({ name: z.string(), value: z.string() })),
  body: z.object({
    /** The first bytes, at most `requestBounds.keptBytes`, as they came: a content coding is not undone. */
    base64: z.string(),
    keptBytes: countSchema,
    /** Received. */
    bytes: countSchema,
    /** It came to its end; else it broke, or was longer than `requestBounds.readBytes` and was given up. */
    complete: z.boolean(),
  }),
});
export type RequestAnswer = z.infer<typeof requestAnswerSchema>;

export const sentRequestSchema = z.object({
  beganAtMs: epochMsSchema,
  /** null: no connection was had. */
  supply: z.enum(requestSupplies).nullable(),
  connection: requestConnectionSchema.nullable(),
  times: requestTimesSchema,
  /** null: no answer began. */
  answer: requestAnswerSchema.nullable(),
  /** An answer of any status is none. An answer may have begun before it. */
  failure: z.object({ kind: z.enum(requestFailures), message: z.string() }).nullable(),
});
export type SentRequest = z.infer<typeof sentRequestSchema>;

export const requestRequests = {
  /**
   * Sends it once, without retries and without following redirects; answers when it is over, whatever came of it. Refused
   * with `invalid-input` for what cannot be sent, `conflict` for a host that is not watched or a ticket that is in use,
   * `refused` while too many are in flight.
   */
  'requests.send': command(requestWishSchema, sentRequestSchema),
  /** False when it is over, or never was. */
  'requests.cancel': command(z.object({ ticket: z.string().min(1).max(64) }), z.object({ cancelled: z.boolean() })),
} as const;
