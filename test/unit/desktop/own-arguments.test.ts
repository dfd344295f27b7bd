import { expect, test } from 'vitest';
import { ownArguments } from '../../../electron/desktop/own-arguments.ts';

test.each([
  ['a package has its arguments at once', ['/opt/hotpool', '--data', '/d'], true, ['--data', '/d']],
  ['in the repository they follow the path', ['electron', '/repo', '--demo'], false, ['--demo']],
  [
    'a driver of browsers puts its own before the path',
    ['electron', '--inspect=0', '/repo', '--demo'],
    false,
    ['--demo'],
  ],
  [
    'switches of the browser are no mistake',
    ['/opt/hotpool', '--no-sandbox', '--lang=de', '--demo=9'],
    true,
    ['--demo=9'],
  ],
  ['what is unknown stays, to be refused', ['/opt/hotpool', '--confg', 'a.toml'], true, ['--confg', 'a.toml']],
  ['no path, nothing of ours', ['electron', '--version'], false, []],
])('%s', (_name, argv, isPackaged, own) => {
  expect(ownArguments(argv, isPackaged)).toEqual(own);
});
