import { EventEmitter } from 'node:events';
import { describe, expect, it } from 'vitest';
import { onLauncherGone, onStopSignals } from '../../../electron/shared/stop-signals.ts';
import { ManualClock } from '../../support/manual-clock.ts';

function listen(): {
  clock: ManualClock;
  press: (signal?: string) => void;
  heard: string[];
  calm: () => Promise<void>;
} {
  const clock = new ManualClock();
  const source = new EventEmitter();
  const heard: string[] = [];
  const { calm } = onStopSignals(
    { gently: () => heard.push('gently'), atOnce: () => heard.push('at once') },
    source,
    clock,
  );
  return { clock, press: (signal = 'SIGINT') => source.emit(signal), heard, calm };
}

describe('a press of Ctrl-C', () => {
  it('that arrives three times within 400 ms is one', async () => {
    const { clock, press, heard } = listen();
    press();
    press();
    await clock.advance(399);
    press();
    expect(heard).toEqual(['gently']);
  });

  it('a second time means at once', async () => {
    const { clock, press, heard } = listen();
    press();
    await clock.advance(400);
    press();
    press();
    expect(heard).toEqual(['gently', 'at once']);
  });

  it('counts with SIGTERM and SIGHUP alike', async () => {
    const { clock, press, heard } = listen();
    press('SIGHUP');
    press('SIGTERM');
    expect(heard).toEqual(['gently']);
    await clock.advance(1_000);
    press('SIGTERM');
    expect(heard).toEqual(['gently', 'at once']);
  });

  it('is over when no copy of it can come any more', async () => {
    const { clock, press, calm } = listen();
    await calm();
    press();
    await clock.advance(150);
    let isCalm = false;
    const done = calm().then(() => {
      isCalm = true;
    });
    await clock.advance(249);
    expect(isCalm).toBe(false);
    await clock.advance(1);
    expect(isCalm).toBe(true);
    await done;
  });
});

describe('the launcher', () => {
  it('gone is told once, and its channel keeps nothing alive', () => {
    let unrefs = 0;
    const link = Object.assign(new EventEmitter(), { connected: true, channel: { unref: () => (unrefs += 1) } });
    let gone = 0;
    onLauncherGone(() => (gone += 1), link);
    expect([unrefs, gone]).toEqual([1, 0]);
    link.emit('disconnect');
    expect(gone).toBe(1);
  });

  it('that was never there cannot go', () => {
    const link = Object.assign(new EventEmitter(), { connected: false });
    onLauncherGone(() => {
      throw new Error('nobody was there');
    }, link);
    expect(link.listenerCount('disconnect')).toBe(0);
  });
});
