/** What the engine tells a page of itself, by the second: what is shown can be held against the very message. */
import type { Page } from '@playwright/test';
import { streams } from '../../../core/contract/index.ts';
import { clientMessageSchema, hostMessageSchema } from '../../../core/contract/messages.ts';
import type { PoolStatistics } from '../../../core/contract/statistics.ts';

/**
 * Oldest first; it grows. Over the wire of the headless host alone, and from the next connection on: load the page anew.
 */
export function figuresReceived(page: Page): readonly PoolStatistics[] {
  const received: PoolStatistics[] = [];
  page.on('websocket', (socket) => {
    const subscriptions = new Set<number>();
    socket.on('framesent', ({ payload }) => {
      const message = clientMessageSchema.parse(JSON.parse(String(payload)));
      if (message.type === 'subscribe' && message.stream === 'statistics') {
        subscriptions.add(message.id);
      }
    });
    socket.on('framereceived', ({ payload }) => {
      const message = hostMessageSchema.parse(JSON.parse(String(payload)));
      if (message.type === 'frame' && subscriptions.has(message.id)) {
        received.push(streams.statistics.frame.parse(message.frame).statistics);
      }
    });
  });
  return received;
}
