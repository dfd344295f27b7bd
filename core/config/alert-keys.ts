/** The keys of `[alerts]`: thresholds (document 004's table and those beside it), times, and who is told. */
import { absolutePath, count, httpUrl, seconds, share, toggle } from './config-key.ts';

export const alertKeys = {
  'alerts.success_rate': share({
    default: 0.8,
    hard: [0, 1],
    meaning: 'Less of the requests of the last minute succeed.',
  }),
  'alerts.response_time': seconds({
    default: 5,
    hard: [0.001, 300],
    meaning: 'The mean response time of the last minute is longer.',
  }),
  'alerts.healthy_share': share({
    default: 0.5,
    hard: [0, 1],
    meaning: 'Less of the connections are healthy.',
  }),
  'alerts.reuse_rate': share({
    default: 0.5,
    hard: [0, 1],
    meaning:
      'Less of the leases of the last minute, of a hundred at least, are on a connection that had served before.',
  }),
  'alerts.wait_p95': seconds({
    default: 1,
    hard: [0.001, 300],
    meaning: 'One acquire in twenty of the last minute waits longer.',
  }),
  'alerts.loop_delay': seconds({
    default: 0.05,
    hard: [0.001, 10],
    meaning: "The engine's event loop is late by more (p99 of a second).",
  }),
  'alerts.warm_up_success': share({
    default: 0.8,
    hard: [0, 1],
    meaning:
      "Less of a host's latest warm-up succeeds, of twenty connections at least while it runs. Tells for ten minutes.",
  }),
  'alerts.disk_free': count({
    default: 50,
    unit: 'MB',
    hard: [0, 1_000_000],
    meaning: 'Less is free on the disk of the data folder. A history that cannot be stored is told in any case.',
  }),
  'alerts.hold': seconds({
    default: 30,
    hard: [0, 3_600],
    meaning: 'A figure must be beyond its threshold for this long before its alert fires.',
  }),
  'alerts.clear_hold': seconds({
    default: 10,
    hard: [0, 3_600],
    meaning: 'A figure must be good again for this long before its alert is resolved.',
  }),
  'alerts.clear_margin': share({
    default: 0.1,
    hard: [0, 1],
    meaning:
      'A figure is good again this part of the way from its threshold to what is perfect: 0.1 makes it 82 % for 80 %, 4.5 s for 5 s.',
  }),
  'alerts.reopen_within': seconds({
    default: 300,
    hard: [0, 86_400],
    meaning:
      'An alert that fires again so soon after it was resolved goes on as the same one, and nobody is told anew.',
  }),
  'alerts.notifications': toggle({
    default: true,
    meaning:
      'The desktop shows a notification when an alert fires while its window is not looked at. A browser asks for itself, in the Alerts view.',
  }),
  'alerts.webhook_url': httpUrl({
    meaning:
      'Gets a POST with JSON when an alert fires and when it is over; tried again for some minutes. Empty: none.',
  }),
  'alerts.webhook_secret_file': absolutePath({
    meaning:
      'Signs each POST: Hotpool-Signature is t=SECONDS,v1=HEX, the HMAC-SHA256 of SECONDS, a dot and the body by the text of this file. Empty: unsigned.',
  }),
} as const;
