import { describe, expect, it } from 'vitest';
import { describeTargetKeys, targetKeys } from '../../../core/config/target-keys.ts';
import {
  draftOf,
  faultsByKey,
  fieldsOf,
  rebased,
  touchedOf,
  valuesOf,
  withHost,
  writtenOf,
} from '../../../renderer/targets/target-draft.ts';
import { words } from '../../../renderer/targets/words.ts';

const keys = describeTargetKeys();

describe('the form of a target', () => {
  it('has a field with a name for every key, but for the port, which the host carries', () => {
    const shown = fieldsOf(keys).map(({ key }) => key);
    expect(new Set([...shown, 'port'])).toEqual(new Set(Object.keys(targetKeys)));
    expect(Object.keys(words.labels).sort()).toEqual([...shown].sort());
  });

  it('shows a target as it is written, and gives it back unchanged', () => {
    const values = {
      path: '/health',
      ips: ['192.0.2.1', '2001:db8::1'],
      warm: 4,
      profiles: ['modern-h2', 'tls12-only'],
    };
    const draft = draftOf({ host: 'a.test:8443', values });
    expect(draft).toMatchObject({ host: 'a.test:8443', ips: '192.0.2.1, 2001:db8::1', warm: '4' });
    expect(writtenOf(keys, draft)).toEqual(values);
  });

  it('takes a key out when its field is emptied, and leaves what is wrong for the engine to say', () => {
    const typed = { host: 'a.test', path: ' ', ips: ' 192.0.2.1;192.0.2.2\n', warm: 'many', profile_choice: 'rotate' };
    expect(valuesOf(keys, typed)).toMatchObject({
      path: null,
      ips: ['192.0.2.1', '192.0.2.2'],
      warm: 'many',
      profile_choice: 'rotate',
      ca_file: null,
    });
    expect(writtenOf(keys, { ...typed, warm: 'all' })).toMatchObject({ warm: 'all' });
  });

  it('puts what the engine says beside the field of which it speaks', () => {
    const at = (path: string, message: string) => ({ path, line: null, column: null, message });
    expect(
      faultsByKey([
        at('targets.2.warm', '[[targets]] number 3: targets.2.warm = "many" is not a number of connections'),
        at('targets.2.ips.1', '[[targets]] number 3: targets.2.ips: nonsense is no IP'),
        at('targets', 'x y is not a host'),
        at('', 'the file is not valid TOML'),
      ]),
    ).toEqual(
      new Map([
        ['warm', '"many" is not a number of connections'],
        ['ips', 'nonsense is no IP'],
        ['host', 'x y is not a host'],
        ['', 'the file is not valid TOML'],
      ]),
    );
  });
});

describe('a target that somebody else changes while it is open here', () => {
  const opened = { host: 'a.test', path: '/a', warm: '3' };

  it('gets only what was typed: a key that was not touched is nobody’s wish', () => {
    expect(touchedOf(keys, opened, opened)).toEqual({});
    expect(touchedOf(keys, { ...opened, path: '/b ' }, opened)).toEqual({ path: '/b' });
    expect(touchedOf(keys, { host: 'a.test', path: '', warm: '3' }, opened)).toEqual({ path: null });
  });

  it('is shown as it is now, with what was typed', () => {
    expect(rebased({ ...opened, warm: '5' }, opened, { host: 'a.test', path: '/theirs' })).toEqual({
      host: 'a.test',
      path: '/theirs',
      warm: '5',
    });
  });
});

describe('a URL that is pasted where a host is wanted', () => {
  it('is taken apart, and takes no path from the operator', () => {
    expect(withHost({ host: '' }, ' https://example.com:8443/health?deep=1 ')).toEqual({
      host: 'example.com:8443',
      path: '/health?deep=1',
    });
    expect(withHost({ host: '', path: '/mine' }, 'https://example.com/x')).toEqual({
      host: 'example.com',
      path: '/mine',
    });
    expect(withHost({ host: '' }, 'https://example.com/')).toEqual({ host: 'example.com' });
  });

  it('is left alone while it is typed, and where it is none', () => {
    expect(withHost({ host: 'https://' }, 'https://e')).toEqual({ host: 'https://e' });
    expect(withHost({ host: '' }, 'example.com:8443')).toEqual({ host: 'example.com:8443' });
    expect(withHost({ host: '' }, 'https://exa mple/')).toEqual({ host: 'https://exa mple/' });
  });
});
