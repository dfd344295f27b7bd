/**
 * The closed lists that the whole house shares: states, close reasons, error classes.
 * A word that is not here does not exist; a word that is here is driven by a test.
 */
import { z } from 'zod';

/** One transition function moves a connection between these; see `core/pool/connection-state.ts`. */
export const connectionStates = ['dialing', 'validating', 'idle', 'checking', 'leased', 'draining', 'closed'] as const;
export const connectionStateSchema = z.enum(connectionStates);
export type ConnectionState = z.infer<typeof connectionStateSchema>;

/** Why a connection was closed. Every close carries exactly one. */
export const closeReasons = [
  'idle-timeout',
  'max-lifetime',
  'replaced',
  'server-idle-limit',
  'unhealthy',
  'blacklisted',
  'not-allowed',
  'peer-closed',
  'goaway',
  'broken',
  'response-not-drained',
  'evicted',
  'operator',
  'config-changed',
  'dns-vanished',
  'pool-closed',
  'failed-dial',
  'failed-validation',
  'aborted',
] as const;
export const closeReasonSchema = z.enum(closeReasons);
export type CloseReason = z.infer<typeof closeReasonSchema>;

/** What went wrong, in one word. The table in `core/dial/error-classes.ts` maps every code and status to one of these. */
export const errorClasses = [
  'dns',
  'local',
  'refused',
  'unreachable',
  'timeout-tcp',
  'timeout-tls',
  'timeout-response',
  'reset',
  'tls-protocol',
  'tls-certificate',
  'tls-client-certificate',
  'blocked',
  'auth',
  'busy',
  'bad-status',
  'http-protocol',
  'closed-by-peer',
  'not-allowed',
  'aborted',
  'internal',
] as const;
export const errorClassSchema = z.enum(errorClasses);
export type ErrorClass = z.infer<typeof errorClassSchema>;

export const protocols = ['h2', 'http/1.1'] as const;
export const protocolSchema = z.enum(protocols);
export type Protocol = z.infer<typeof protocolSchema>;

/** `host` or `host:port`; port 443 when it is not said. IPv6 literals are written in brackets. */
export const hostNameSchema = z
  .string()
  .trim()
  .min(1, 'a host is needed')
  .max(261)
  .regex(/^[^\s/@?#]+$/, 'a host is written as host or host:port, without scheme, path or spaces');

/** Milliseconds, zero or more. */
export const durationMsSchema = z.number().min(0);
/** Milliseconds since 1970-01-01 UTC. */
export const epochMsSchema = z.number();
export const countSchema = z.int().min(0);
/** 0 to 1. */
export const shareSchema = z.number().min(0).max(1);
