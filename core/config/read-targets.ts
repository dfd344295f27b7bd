/** The `[[targets]]` of a configuration: which hosts are watched. */
import { canonicalIp } from '../access/ip-range.ts';
import { PhraseError } from '../base/phrase-error.ts';
import { phrase, type Told } from '../contract/phrase.ts';
import { mostWarmUpConnections } from '../contract/warm-up-job.ts';
import { type HostName, parseHostName } from '../dial/endpoint.ts';
import { showValue } from './config-error.ts';
import { formatNumber } from './config-key.ts';
import { nearestName } from './nearest-name.ts';
import { readTargetTls } from './read-target-tls.ts';
import type { TargetSettings } from './settings.ts';
import { type RefuseKey, wrongValue } from './target-fault.ts';
import { targetKeys } from './target-keys.ts';
import { isTomlTable } from './toml-value.ts';

export type TargetFault = (path: readonly (string | number)[], wrong: Told, allowed: Told) => void;

const keys = Object.keys(targetKeys);

/**
 * Reads what stands under `targets`, and the files it names, relative to `folder`; faults are told, and their targets
 * left out.
 */
export function readTargets(written: unknown, folder: string, fault: TargetFault): TargetSettings[] {
  if (!Array.isArray(written)) {
    fault(['targets'], phrase('targets.not-list'), phrase('allowed.targets-each'));
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
      const again = { ...placeOf(index), host: target.host.name, before: before + 1 };
      fault(['targets', index, 'host'], phrase('targets.twice', again), phrase('allowed.host-once'));
      continue;
    }
    seen.set(target.host.name, index);
    targets.push(target);
  }
  return targets;
}

/** The path counts from 0, as programs do; whoever looks for the section in the file counts from 1. */
function placeOf(index: number, key?: string): { number: number; path: string } {
  return { number: index + 1, path: key === undefined ? `targets.${index}` : `targets.${index}.${key}` };
}

function readTarget(item: unknown, index: number, folder: string, fault: TargetFault): TargetSettings | null {
  if (!isTomlTable(item)) {
    fault(
      ['targets', index],
      phrase('targets.not-table', { ...placeOf(index), value: showValue(item) }),
      phrase('allowed.target-table'),
    );
    return null;
  }
  let ok = true;
  const refuse: RefuseKey = (key, wrong, allowed) => {
    ok = false;
    fault(['targets', index, key], phrase('targets.key', { ...placeOf(index, key), wrong }), allowed);
  };
  for (const key of Object.keys(item)) {
    if (!keys.includes(key)) {
      refuse(key, phrase('target.unknown-key', { near: nearestName(key, keys) }), keys.join(', '));
    }
  }
  const host = readHost(item, refuse);
  const path = item.path ?? '/';
  if (typeof path !== 'string' || !/^\/[^\s#]*$/.test(path)) {
    refuse('path', wrongValue(path, phrase('target.not-path')), phrase('allowed.path'));
  }
  const ips = item.ips === undefined ? null : readIps(item.ips, index, fault);
  const tls = readTargetTls(item, folder, refuse);
  const warm = readWarm(item.warm, refuse);
  return ok && host && typeof path === 'string' && ips !== undefined
    ? { host, path, ips, ...(tls ? { tls } : {}), ...(warm === undefined ? {} : { warm }) }
    : null;
}

function readWarm(written: unknown, refuse: RefuseKey): TargetSettings['warm'] {
  if (written === undefined || written === 0) {
    return undefined;
  }
  if (written === 'all') {
    return 'all-ips';
  }
  if (typeof written === 'number' && Number.isInteger(written) && written > 0 && written <= mostWarmUpConnections) {
    return written;
  }
  const allowed = phrase('allowed.connections', { most: formatNumber(mostWarmUpConnections) });
  refuse('warm', wrongValue(written, phrase('target.not-connections')), allowed);
  return undefined;
}

function readHost(item: Readonly<Record<string, unknown>>, refuse: RefuseKey): HostName | null {
  const { host, port } = item;
  if (port !== undefined && !isPort(port)) {
    refuse('port', wrongValue(port, phrase('target.not-port')), phrase('allowed.port'));
  }
  if (typeof host !== 'string') {
    const wrong = host === undefined ? phrase('target.host-missing') : wrongValue(host, phrase('target.host-not-text'));
    refuse('host', wrong, phrase('allowed.host'));
    return null;
  }
  try {
    const named = parseHostName(host);
    // A port that is none has been refused; the host may have a fault of its own.
    if (typeof port !== 'number' || port === named.port || !isPort(port)) {
      return named;
    }
    if (named.port !== 443) {
      const wrong = wrongValue(port, phrase('target.other-port', { host: showValue(host) }));
      refuse('port', wrong, phrase('allowed.one-port'));
      return null;
    }
    return parseHostName(`${named.name}:${port}`);
  } catch (error) {
    if (!(error instanceof PhraseError)) {
      throw error;
    }
    refuse('host', phrase('target.text', { wrong: error.phrase }), phrase('allowed.host'));
    return null;
  }
}

function isPort(port: unknown): boolean {
  return typeof port === 'number' && Number.isInteger(port) && port >= 1 && port <= 65_535;
}

/** undefined when there is a fault, which has then been told. */
function readIps(written: unknown, index: number, fault: TargetFault): readonly string[] | undefined {
  const place = placeOf(index, 'ips');
  if (!Array.isArray(written) || written.length === 0) {
    fault(
      ['targets', index, 'ips'],
      phrase('targets.key', { ...place, wrong: wrongValue(written, phrase('target.not-ips')) }),
      phrase('allowed.ips'),
    );
    return undefined;
  }
  const ips = new Set<string>();
  let ok = true;
  for (const [position, ip] of written.entries()) {
    try {
      if (typeof ip !== 'string') {
        throw new PhraseError(phrase('value.item-not-quoted', { part: showValue(ip) }));
      }
      ips.add(canonicalIp(ip.trim()));
    } catch (error) {
      if (!(error instanceof PhraseError)) {
        throw error;
      }
      ok = false;
      fault(
        ['targets', index, 'ips', position],
        phrase('targets.element', { ...place, wrong: error.phrase }),
        phrase('allowed.single-ips'),
      );
    }
  }
  return ok ? [...ips] : undefined;
}
