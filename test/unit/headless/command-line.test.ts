import { describe, expect, it } from 'vitest';
import { CommandLineError, helpText, readCommandLine } from '../../../electron/shared/command-line.mjs';

const nothing = {
  headless: false,
  port: 0,
  configFile: null,
  dataFolder: null,
  demo: null,
  open: true,
  help: false,
  version: false,
};

describe('arguments', () => {
  it.each([
    [[], {}],
    [['--headless'], { headless: true }],
    [['--port', '8080'], { port: 8_080 }],
    [['--port=0'], { port: 0 }],
    [['--config', 'a.toml', '--data', '/d'], { configFile: 'a.toml', dataFolder: '/d' }],
    [['--demo'], { demo: { endpoints: null } }],
    [['--demo=1631'], { demo: { endpoints: 1_631 } }],
    [['--demo', '--headless'], { demo: { endpoints: null }, headless: true }],
    [['--no-open'], { open: false }],
    [['--help'], { help: true }],
    [['-h'], { help: true }],
    [['--version'], { version: true }],
  ])('%j', (args, read) => {
    expect(readCommandLine(args)).toEqual({ ...nothing, ...read });
  });

  it.each([
    [['--nonsense'], "'--nonsense'"],
    [['--Headless'], "'--Headless'"],
    [['there'], "'there'"],
    [['--headless=yes'], '--headless'],
    [['--port'], '--port'],
    [['--port', '-1'], '--port takes a whole number from 0 to 65535, not "-1"'],
    [['--port', '65536'], '"65536"'],
    [['--port', '80x'], '"80x"'],
    [['--port', ''], '""'],
    [['--demo=2'], 'from 3 to 5000, not "2"'],
    [['--demo=5001'], '"5001"'],
    [['--demo=1.5'], '"1.5"'],
    [['--config', ''], '--config needs a path'],
    [['--data='], '--data needs a path'],
    [['--demo', '--config', 'a.toml'], '--demo and --config'],
  ])('%j is refused with what is wrong', (args, words) => {
    expect(() => readCommandLine(args)).toThrow(CommandLineError);
    expect(() => readCommandLine(args)).toThrow(words);
  });

  it('are all in the help', () => {
    for (const option of ['headless', 'port', 'config', 'data', 'demo', 'no-open', 'help', 'version']) {
      expect(helpText).toContain(`--${option}`);
    }
  });
});
