/**
 * What a console keeps in its data folder when it has ended; anything else there is left behind. What lies beside the history
 * is a part of it, and there after kill -9.
 */
export const keptFiles: readonly string[] = [
  'ip-scores.json',
  'access-audit.jsonl',
  'access-lists.toml',
  'history.sqlite',
  'history.sqlite-shm',
  'history.sqlite-wal',
  'logs',
  'headless-key',
];
