/**
 * The arguments of `npm start --`, read once the same way by the launcher and by both hosts. Plain JavaScript, because the
 * launcher runs on whatever Node the system has, before anything is installed.
 */
import { parseArgs } from 'node:util';

/**
 * @typedef {object} CommandLine
 * @property {boolean} headless serve the console for a browser instead of opening a window
 * @property {number} port of the headless console; 0 takes a free one
 * @property {string | null} configFile
 * @property {string | null} dataFolder
 * @property {{ endpoints: number | null } | null} demo null when it was not asked for; `endpoints` null: as many as it likes
 * @property {boolean} open a browser where there is a display
 * @property {boolean} help
 * @property {boolean} version
 */

/** An argument that is not understood; the message says which and what to do. Exit status 2. */
export class CommandLineError extends Error {
  /** @override */
  name = 'CommandLineError';
}

export const helpText = `Usage: npm start -- [options]

Opens the console in a window, or serves it for a browser where there is none.

  --headless          no window; serve the console for a browser
  --port N            port of the headless console; 0, the default, takes a free one
  --config FILE       watch your own hosts, no demo
  --data DIR          keep lists and settings there instead of the user's data folder
  --demo[=ENDPOINTS]  watch the demo fleet, with so many endpoints (60 by default)
  --no-open           do not open a browser
  --help              this text
  --version           the version
`;

/**
 * @param {readonly string[]} args without the program's name
 * @returns {CommandLine}
 * @throws {CommandLineError}
 */
export function readCommandLine(args) {
  const { values } = parse(args);
  const commandLine = {
    headless: values.headless ?? false,
    port: values.port === undefined ? 0 : wholeNumber('--port', values.port, 0, 65_535),
    configFile: path('--config', values.config),
    dataFolder: path('--data', values.data),
    demo: values.demo === undefined ? null : { endpoints: endpoints(values.demo) },
    open: !values['no-open'],
    help: values.help ?? false,
    version: values.version ?? false,
  };
  if (commandLine.demo && commandLine.configFile !== null) {
    throw new CommandLineError('--demo and --config exclude each other: the demo watches its own hosts.');
  }
  return commandLine;
}

/** @param {readonly string[]} args */
function parse(args) {
  try {
    return parseArgs({
      // parseArgs knows no option with an optional value: the bare form is the one with an empty value.
      // And it takes a value that begins with a dash for an option, so that `--port -1` would be called ambiguous.
      args: joinNegativePort(args).map((arg) => (arg === '--demo' ? '--demo=' : arg)),
      options: {
        headless: { type: 'boolean' },
        port: { type: 'string' },
        config: { type: 'string' },
        data: { type: 'string' },
        demo: { type: 'string' },
        'no-open': { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
        version: { type: 'boolean', short: 'v' },
      },
      strict: true,
      allowPositionals: false,
    });
  } catch (error) {
    const reason = error instanceof Error ? error.message.split(/\.\s/)[0] : String(error);
    throw new CommandLineError(`${reason}. "npm start -- --help" lists the options.`);
  }
}

/** @param {readonly string[]} args */
function joinNegativePort(args) {
  return args.flatMap((arg, index) => {
    if (arg === '--port' && /^-\d/.test(args[index + 1] ?? '')) {
      return [];
    }
    return args[index - 1] === '--port' && /^-\d/.test(arg) ? [`--port=${arg}`] : [arg];
  });
}

/** @param {string} option @param {string} text @param {number} min @param {number} max */
function wholeNumber(option, text, min, max) {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < min || value > max) {
    throw new CommandLineError(`${option} takes a whole number from ${min} to ${max}, not "${text}".`);
  }
  return value;
}

/** @param {string} text empty: as many as the demo likes */
function endpoints(text) {
  return text === '' ? null : wholeNumber('--demo', text, 3, 5_000);
}

/** @param {string} option @param {string | undefined} text */
function path(option, text) {
  if (text === '') {
    throw new CommandLineError(`${option} needs a path.`);
  }
  return text ?? null;
}
