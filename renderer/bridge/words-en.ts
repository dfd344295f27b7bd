/** Why the bridge itself cannot answer; what the engine refuses has the engine's words. */
export const words = {
  noEngine: 'The engine cannot be reached. Nothing was changed; try again when it is back.',
  closed: 'The console was closed.',
  broke: 'The line to the engine broke before it answered. Look whether it was done.',
  noKey: 'This page has no key to the console.',
  noAnswer: (reason: string) => `The engine's process did not answer: ${reason}`,
  frameForAnswer: (request: string) => `A frame came as the answer to ${request}.`,
  hostMessage: 'A message of the host',
  answerTo: (request: string) => `The answer to ${request}`,
  frameOf: (stream: string) => `A frame of ${stream}`,
  unknownForm: 'unknown form',
  unreadable: (what: string, at: string) => `${what} could not be read (${at}). Reload the page.`,
};
