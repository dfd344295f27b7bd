import { afterEach, describe, expect, it } from 'vitest';
import { changeConfig } from '../../../core/config/change-config.ts';
import { ConfigError } from '../../../core/config/config-error.ts';
import { makeConfig } from '../../../core/config/load-config.ts';
import type { ConfigFault, ConfigKey } from '../../../core/contract/config.ts';
import { changesOf } from '../../../renderer/base/field-value.ts';
import { fieldFault, fileUnit } from '../../../renderer/config-edit/field-fault.ts';
import { alertFault, inFileUnits } from '../../../renderer/views/alerts/alert-units.ts';
import { setLanguage } from '../../../renderer/words/language.ts';

const running = makeConfig({ file: null, given: {}, targets: [] });

/** The engine's own word on what was typed into one field. */
function faultOf(changes: Parameters<typeof changeConfig>[1]['changes']): ConfigFault {
  try {
    changeConfig(running, { changes, targets: { set: [], remove: [] } });
  } catch (error) {
    const [fault] = error instanceof ConfigError ? error.toFaults() : [];
    if (fault) {
      return fault;
    }
  }
  throw new Error('it is allowed');
}

function keyOf(path: string): ConfigKey {
  const key = running.keys.find((one) => one.path === path);
  if (!key) {
    throw new Error(`no key ${path}`);
  }
  return key;
}

function alertTyped(path: string, text: string): string {
  const keys = [keyOf(path)];
  const typed = { [path]: text };
  const fault = faultOf(changesOf(keys, inFileUnits(keys, typed)));
  return alertFault(keys, typed, fault).replaceAll('\u202f', ' ');
}

function settingTyped(path: string, text: string): string {
  const key = keyOf(path);
  return fieldFault(key, text, fileUnit(key), faultOf(changesOf([key], { [path]: text }))).replaceAll('\u202f', ' ');
}

afterEach(() => setLanguage('en'));

describe('the fault of a typed number', () => {
  it.each([
    ['alerts.success_rate', '800', '800 % is out of range; allowed: 0 to 100 %'],
    ['alerts.loop_delay', '20000', '20,000 ms is out of range; allowed: 1 to 10,000 ms'],
    ['alerts.wait_p95', '0', '0 s is out of range; allowed: 0.001 to 300 s'],
    ['alerts.success_rate', 'much', '“much” is no number; allowed: 0 to 100 %'],
    ['alerts.success_rate', ' ', 'nothing is no number; allowed: 0 to 100 %'],
  ])('of the threshold %s, typed %s, is in the unit of its field', (path, text, said) => {
    expect(alertTyped(path, text)).toBe(said);
  });

  it.each([
    ['pool.idle_timeout', '7000000', '7,000,000 s is out of range; allowed: 1 to 86,400 s'],
    ['pool.max_connections', '1.5', '“1.5” is no whole number; allowed: 1 to 20,000'],
  ])('of the setting %s, typed %s, is in that of the file', (path, text, said) => {
    expect(settingTyped(path, text)).toBe(said);
  });

  it('is Chinese where the screen is', () => {
    setLanguage('zh');
    expect(alertTyped('alerts.success_rate', '800')).toBe('800% 超出范围；可填：0 至 100%');
    expect(alertTyped('alerts.reopen_within', 'x')).toMatch(/^“x”不是数；可填：0 至 .* 秒$/);
  });

  it('that lies in another key as well, or in a text, is told as the engine tells it', () => {
    const above = faultOf({ 'pool.min_idle_per_host': 50, 'pool.max_idle_conns': 20 });
    expect(fieldFault(keyOf(above.path), '50', { unit: null, times: 1 }, above)).toBe(above.message);
    const url = faultOf({ 'alerts.webhook_url': 'ftp://a.test' });
    expect(fieldFault(keyOf(url.path), 'ftp://a.test', { unit: null, times: 1 }, url)).toBe(url.message);
  });
});
