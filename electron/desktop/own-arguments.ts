/** Our arguments out of a command line that Electron and Chromium read as well. */

/** Switches of the browser and of its debuggers, with or without a value; they are no mistake of the operator's. */
const browserSwitches = new Set([
  'disable-dev-shm-usage',
  'disable-features',
  'disable-gpu',
  'enable-features',
  'enable-logging',
  'force-device-scale-factor',
  'inspect',
  'inspect-brk',
  'js-flags',
  'lang',
  'no-sandbox',
  'ozone-platform',
  'ozone-platform-hint',
  'remote-debugging-pipe',
  'remote-debugging-port',
]);

/** `isPackaged` false: Electron was started with the application's path, and what is before that is Electron's own. */
export function ownArguments(argv: readonly string[], isPackaged: boolean): string[] {
  let given = argv.slice(1);
  if (!isPackaged) {
    const application = given.findIndex((argument) => !argument.startsWith('-'));
    given = application < 0 ? [] : given.slice(application + 1);
  }
  return given.filter((argument) => {
    const name = /^--([^=]+)/.exec(argument)?.[1];
    return name === undefined || !browserSwitches.has(name);
  });
}
