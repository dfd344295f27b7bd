/**
 * The steps from each version of `history.sqlite` to the next. One that has been published is never changed: it says in its
 * own words what the contract said at its time.
 */

/** Figures of a second, as version 1 knew them; those of later versions are added by later steps. */
const quantitiesOfVersion1 = [
  'total',
  'dialing',
  'idle',
  'active',
  'healthy',
  'waiting',
  'requests',
  'failures',
  'leases',
  'reusing_leases',
  'releases',
  'recycled',
  'dials',
  'dial_failures',
  'checks',
  'check_failures',
  'whitelist_ips',
  'blacklist_ips',
  'bytes_in',
  'bytes_out',
  'loop_delay_p99_ms',
  'cpu_share',
  'rss_bytes',
  'open_file_descriptors',
] as const;

/**
 * Of a quantity the sum, the least and the most of the single seconds, null where it is not known of this scope; of a
 * distribution its histogram. A row of seconds has the same shape as one of ten minutes, so that one is made of others
 * in one way.
 */
const samplesOfVersion1 = ['samples_1s', 'samples_10s', 'samples_1min', 'samples_10min']
  .map(
    (table) => `
  CREATE TABLE ${table} (
    scope INTEGER NOT NULL,
    at INTEGER NOT NULL,
    seconds INTEGER NOT NULL,
    ${quantitiesOfVersion1.flatMap((name) => ['sum', 'min', 'max'].map((part) => `${name}_${part} REAL`)).join(', ')},
    response_ms BLOB,
    wait_ms BLOB,
    recycling_ms BLOB,
    PRIMARY KEY (scope, at)
  ) WITHOUT ROWID;
  CREATE INDEX ${table}_at ON ${table} (at);`,
  )
  .join('');

/** Index 0 leads from an empty file to version 1, and so on. */
export const historySteps: readonly string[] = [
  `
  CREATE TABLE scopes (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
  CREATE TABLE rolled_up (tier TEXT PRIMARY KEY, until_s INTEGER NOT NULL) WITHOUT ROWID;
  ${samplesOfVersion1}
  CREATE TABLE events (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    at INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    level TEXT NOT NULL,
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    text TEXT NOT NULL,
    data TEXT NOT NULL,
    host TEXT,
    ip TEXT
  );
  CREATE INDEX events_at ON events (at, id);
  CREATE INDEX events_ip ON events (ip, at, id) WHERE ip IS NOT NULL;
  CREATE INDEX events_host ON events (host, at, id) WHERE host IS NOT NULL;
  CREATE TABLE lives (
    row INTEGER PRIMARY KEY AUTOINCREMENT,
    engine_started_at INTEGER NOT NULL,
    id INTEGER NOT NULL,
    host TEXT NOT NULL,
    ip TEXT NOT NULL,
    port INTEGER NOT NULL,
    profile TEXT NOT NULL,
    protocol TEXT,
    resumed INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    closed_at INTEGER NOT NULL,
    reason TEXT NOT NULL,
    tcp_ms REAL,
    tls_ms REAL,
    last_response_ms REAL,
    leases INTEGER NOT NULL,
    requests INTEGER NOT NULL,
    errors INTEGER NOT NULL
  );
  CREATE INDEX lives_closed_at ON lives (closed_at, row);
  CREATE INDEX lives_ip ON lives (ip, closed_at, row);
  CREATE INDEX lives_host ON lives (host, closed_at, row);`,
  `
  CREATE TABLE alerts (
    row INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    rule TEXT NOT NULL,
    subject TEXT NOT NULL,
    state TEXT NOT NULL,
    began_at INTEGER NOT NULL,
    ended_at INTEGER,
    changed_at INTEGER NOT NULL,
    details TEXT NOT NULL
  );
  CREATE INDEX alerts_began_at ON alerts (began_at, row);
  CREATE INDEX alerts_ended_at ON alerts (ended_at);`,
  `
  CREATE TABLE words (id INTEGER PRIMARY KEY, word TEXT NOT NULL UNIQUE);
  CREATE TABLE endpoints (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    host TEXT NOT NULL,
    ip TEXT NOT NULL,
    port INTEGER NOT NULL,
    first_at INTEGER NOT NULL,
    seen_at INTEGER NOT NULL,
    UNIQUE (host, ip, port)
  );
  CREATE TABLE checks (row INTEGER PRIMARY KEY AUTOINCREMENT, at INTEGER NOT NULL, data BLOB NOT NULL);
  CREATE INDEX checks_at ON checks (at, row);
  CREATE TABLE spans (
    row INTEGER PRIMARY KEY AUTOINCREMENT,
    endpoint INTEGER NOT NULL,
    state TEXT NOT NULL,
    reason TEXT,
    from_at INTEGER NOT NULL,
    until_at INTEGER NOT NULL
  );
  CREATE INDEX spans_from_at ON spans (from_at, row);
  CREATE INDEX spans_until_at ON spans (until_at);
  CREATE INDEX spans_endpoint ON spans (endpoint, from_at, row);
  CREATE TABLE cells_1min (at INTEGER PRIMARY KEY, data BLOB NOT NULL);
  CREATE TABLE cells_5min (at INTEGER PRIMARY KEY, data BLOB NOT NULL);
  CREATE TABLE cells_30min (at INTEGER PRIMARY KEY, data BLOB NOT NULL);`,
  `
  CREATE TABLE warm_ups (
    row INTEGER PRIMARY KEY AUTOINCREMENT,
    engine_started_at INTEGER NOT NULL,
    id INTEGER NOT NULL,
    started_at INTEGER NOT NULL,
    told_at INTEGER NOT NULL,
    run TEXT NOT NULL,
    UNIQUE (engine_started_at, id)
  );
  CREATE INDEX warm_ups_started_at ON warm_ups (started_at, row);
  CREATE TABLE warm_up_cells (part INTEGER PRIMARY KEY AUTOINCREMENT, run INTEGER NOT NULL, data BLOB NOT NULL);
  CREATE INDEX warm_up_cells_run ON warm_up_cells (run, part);
  CREATE TABLE changes (
    row INTEGER PRIMARY KEY AUTOINCREMENT,
    at INTEGER NOT NULL,
    kind TEXT NOT NULL,
    who TEXT NOT NULL,
    data TEXT NOT NULL
  );
  CREATE INDEX changes_at ON changes (at, row);`,
  'CREATE INDEX lives_id ON lives (engine_started_at, id);',
  `
  CREATE TABLE moments (
    row INTEGER PRIMARY KEY AUTOINCREMENT,
    segment INTEGER NOT NULL,
    at INTEGER NOT NULL,
    data BLOB NOT NULL
  );
  CREATE INDEX moments_at ON moments (at, row);
  CREATE INDEX moments_segment ON moments (segment, row);
  CREATE INDEX moments_whole ON moments (at) WHERE row = segment;`,
  `
  CREATE TABLE patterns (
    at INTEGER NOT NULL,
    pattern TEXT NOT NULL,
    count INTEGER NOT NULL,
    PRIMARY KEY (at, pattern)
  ) WITHOUT ROWID;`,
  `
  CREATE TABLE errors_1min (at INTEGER PRIMARY KEY, data BLOB NOT NULL);
  CREATE TABLE errors_5min (at INTEGER PRIMARY KEY, data BLOB NOT NULL);
  CREATE TABLE errors_30min (at INTEGER PRIMARY KEY, data BLOB NOT NULL);`,
  // The sentence of an event in Chinese, beside the English one; of events from before there is none.
  "ALTER TABLE events ADD COLUMN text_zh TEXT NOT NULL DEFAULT '';",
  // Whether the host has the address, or only a caller named it; null until that is told. Of those from before nobody knows.
  `
  ALTER TABLE endpoints ADD COLUMN own INTEGER;
  UPDATE endpoints SET own = 1;`,
];
