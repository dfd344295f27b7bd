/** The `[[targets]]` of a configuration: which hosts are watched. */
import { canonicalIp } from '../access/ip-range.ts';
import { mostWarmUpConnections } from '../contract/warm-up.ts';
import { type HostName, parseHostName } from '../dial/endpoint.ts';
import { showValue } from './config-error.ts';
import { formatNumber } from './config-key.ts';
import { nearestName } from './nearest-name.ts';
import { readTargetTls } from './read-target-tls.ts';
import type { TargetSettings } from './settings.ts';
import { targetKeys } from './target-keys.ts';
import { isTomlTable } from './toml-value.ts';

export type TargetFault = (path: readonly (string | number)[], message: string, allowed: string) => void;

const keys = Object.keys(targetKeys);

/**
 * Reads what stands under `targets`, and the files it names, relative to `folder`; faults are told, and their targets
 * left out.
 */
export function readTargets(written: unknown, folder: string, fault: TargetFault): TargetSettings[] {
  if (!Array.isArray(written)) {
    fault(['targets'], 'targets is not a list of tables', 'one [[targets]] section for each host');
    return [];
  }
  const targets: TargetSettings[] = [];
  const seen = new Map<string, number>();
  for (const [index, item] of written.entries()) {
    const target = readTarget(item, index, folder, fault);
    if (!target) {
      continue;
    }
    const before = seen.get(target.host.name);
    if (before !== undefined) {
      const message = `${numbered(index)} targets.${index} is ${target.host.name} again: it is [[targets]] number ${before + 1} already`;
      fault(['targets', index, 'host'], message, 'each host and port once');
      continue;
    }
    seen.set(target.host.name, index);
    targets.push(target);
  }
  return targets;
}

/** The path counts from 0, as programs do; whoever looks for the section in the file counts from 1. */
function numbered(index: number): string {
  return `[[targets]] number ${index + 1}:`;
}

function readTarget(item: unknown, index: number, folder: string, fault: TargetFault): TargetSettings | null {
  if (!isTomlTable(item)) {
    fault(
      ['targets', index],
      `${numbered(index)} targets.${index} = ${showValue(item)} is not a table`,
      'a [[targets]] section with a host',
    );
    return null;
  }
  let ok = true;
  const refuse = (key: string, message: string, allowed: string): void => {
    ok = false;
    fault(['targets', index, key], `${numbered(index)} targets.${index}.${key} ${message}`, allowed);
  };
  for (const key of Object.keys(item)) {
    if (!keys.includes(key)) {
      refuse(key, `is not a key${nearestName(key, keys)}`, keys.join(', '));
    }
  }
  const host = readHost(item, refuse);
  const path = item.path ?? '/';
  if (typeof path !== 'string' || !/^\/[^\s#]*$/.test(path)) {
    refuse('path', `= ${showValue(path)} is not a path`, 'a text that begins with a slash, without spaces or #');
  }
  const ips = item.ips === undefined ? null : readIps(item.ips, index, fault);
  const tls = readTargetTls(item, folder, refuse);
  const warm = readWarm(item.warm, refuse);
  return ok && host && typeof path === 'string' && ips !== undefined
    ? { host, path, ips, ...(tls ? { tls } : {}), ...(warm === undefined ? {} : { warm }) }
    : null;
}

function readWarm(
  written: unknown,
  refuse: (key: string, message: string, allowed: string) => void,
): TargetSettings['warm'] {
  if (written === undefined || written === 0) {
    return undefined;
  }
  if (written === 'all') {
    return 'all-ips';
  }
  if (typeof written === 'number' && Number.isInteger(written) && written > 0 && written <= mostWarmUpConnections) {
    return written;
  }
  const allowed = `a whole number from 0 to ${formatNumber(mostWarmUpConnections)}, or "all"`;
  refuse('warm', `= ${showValue(written)} is not a number of connections`, allowed);
  return undefined;
}

function readHost(
  item: Readonly<Record<string, unknown>>,
  refuse: (key: string, message: string, allowed: string) => void,
): HostName | null {
  const { host, port } = item;
  const allowedPort = 'a whole number from 1 to 65,535';
  if (port !== undefined && !isPort(port)) {
    refuse('port', `= ${showValue(port)} is not a port`, allowedPort);
  }
  if (typeof host !== 'string') {
    refuse('host', host === undefined ? 'is missing' : `= ${showValue(host)} is not a text`, targetKeys.host.meaning);
    return null;
  }
  try {
    const named = parseHostName(host);
    // A port that is none has been refused; the host may have a fault of its own.
    if (typeof port !== 'number' || port === named.port || !isPort(port)) {
      return named;
    }
    if (named.port !== 443) {
      refuse('port', `= ${port} is not the port of host = ${showValue(host)}`, 'one port, in either place');
      return null;
    }
    return parseHostName(`${named.name}:${port}`);
  } catch (error) {
    if (!(error instanceof RangeError)) {
      throw error;
    }
    refuse('host', `= ${error.message}`, 'host, host:port or [IPv6]:port');
    return null;
  }
}

function isPort(port: unknown): boolean {
  return typeof port === 'number' && Number.isInteger(port) && port >= 1 && port <= 65_535;
}

/** undefined when there is a fault, which has then been told. */
function readIps(written: unknown, index: number, fault: TargetFault): readonly string[] | undefined {
  const name = `${numbered(index)} targets.${index}.ips`;
  if (!Array.isArray(written) || written.length === 0) {
    fault(
      ['targets', index, 'ips'],
      `${name} = ${showValue(written)} is not a list of IPs`,
      'at least one IP, or no ips at all',
    );
    return undefined;
  }
  const ips = new Set<string>();
  let ok = true;
  for (const [position, ip] of written.entries()) {
    try {
      if (typeof ip !== 'string') {
        throw new RangeError(`${showValue(ip)} is not in quotes`);
      }
      ips.add(canonicalIp(ip.trim()));
    } catch (error) {
      if (!(error instanceof RangeError)) {
        throw error;
      }
      ok = false;
      fault(
        ['targets', index, 'ips', position],
        `${name}: ${error.message}`,
        'single IPv4 or IPv6 addresses in quotes',
      );
    }
  }
  return ok ? [...ips] : undefined;
}
