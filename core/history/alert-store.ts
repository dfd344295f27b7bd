/** Alerts, each once, as they were told last. Synchronous: it lives in a thread of its own. */
import type { z } from 'zod';
import {
  type HistoryAlerts,
  type historyAlertsInputSchema,
  type RememberedAlert,
  rememberedAlertSchema,
} from '../contract/history.ts';
import type { SqlRow } from './sample-row.ts';
import type { Statements } from './statements.ts';
import { equal, readPage, type TimedTable } from './timed-pages.ts';

export type AlertsWish = z.output<typeof historyAlertsInputSchema>;

const alertsTable: TimedTable = { name: 'alerts', time: 'began_at', key: 'row' };

export class AlertStore {
  readonly #statements: Statements;

  constructor(statements: Statements) {
    this.#statements = statements;
  }

  /** One that is there already takes on what is told of it now. Within the caller's transaction. */
  write(alerts: readonly RememberedAlert[]): void {
    const upsert = this.#statements.prepare(
      `INSERT INTO alerts (id, rule, subject, state, began_at, ended_at, changed_at, details)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT (id) DO UPDATE SET rule = excluded.rule, subject = excluded.subject, state = excluded.state,
         began_at = excluded.began_at, ended_at = excluded.ended_at, changed_at = excluded.changed_at,
         details = excluded.details`,
    );
    for (const { id, rule, subject, state, beganAtMs, endedAtMs, changedAtMs, details } of alerts) {
      const ended = endedAtMs === null ? null : Math.floor(endedAtMs);
      upsert.run(
        id,
        rule,
        subject,
        state,
        Math.floor(beganAtMs),
        ended,
        Math.floor(changedAtMs),
        JSON.stringify(details),
      );
    }
  }

  alerts({ fromMs, rule, subject, standing, ...page }: AlertsWish): HistoryAlerts {
    const lasted = standing
      ? { sql: 'ended_at IS NULL', values: [] }
      : { sql: '(ended_at IS NULL OR ended_at >= ?)', values: [Math.ceil(fromMs)] };
    const { rows, cursor } = readPage(
      this.#statements,
      alertsTable,
      { ...page, fromMs: null },
      [],
      [lasted, ...equal('rule', rule), ...equal('subject', subject)],
    );
    return { alerts: rows.map(toAlert), cursor };
  }

  /** Deletes alerts that ended before, at most `rows`. Within the caller's transaction. */
  prune(olderThanMs: number, rows: number): void {
    this.#statements
      .prepare('DELETE FROM alerts WHERE row IN (SELECT row FROM alerts WHERE ended_at < ? LIMIT ?)')
      .run(olderThanMs, rows);
  }
}

function toAlert(row: SqlRow): RememberedAlert {
  return rememberedAlertSchema.parse({
    id: row.id,
    rule: row.rule,
    subject: row.subject,
    state: row.state,
    beganAtMs: row.began_at,
    endedAtMs: row.ended_at,
    changedAtMs: row.changed_at,
    details: JSON.parse(String(row.details)),
  });
}
