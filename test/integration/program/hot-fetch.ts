import { eventSentence, loadConfig, openPool } from '../../../core/index.ts';

const [file = 'hotpool.toml', url = 'https://example.com/'] = process.argv.slice(2);
const config = await loadConfig(file);
await using hot = openPool({
  settings: config.settings,
  allowedIps: config.whitelist,
  blockedIps: config.blacklist,
});
hot.events.subscribe((event) => event.level === 'warn' && process.stderr.write(`${eventSentence(event, 'en')}\n`));

const { outcome } = await hot.warmUp({ hosts: [new URL(url).host], connections: 10 });
process.stdout.write(`warm-up: ${outcome}\n`);

const fetchOnce = async (): Promise<void> => {
  using lease = await hot.pool.acquireUrl(url);
  const response = await lease.fetch(url);
  await response.text();
};
await Promise.all(Array.from({ length: 100 }, fetchOnce));

const { successfulRequests, dials, connReuseRate } = hot.stats().sinceStart;
const reused = Math.round((connReuseRate ?? 0) * 100);
process.stdout.write(`${successfulRequests} requests, ${dials} dials, ${reused} % on a used connection\n`);
