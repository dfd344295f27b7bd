import { expect, it } from 'vitest';
import { LiveProcessHold } from '../../../core/base/process-hold.ts';

it('a process is held from the first who waits to the last', () => {
  const hold = new LiveProcessHold();
  expect(hold.held).toBe(false);
  hold.take();
  hold.take();
  hold.release();
  expect(hold.held).toBe(true);
  hold.release();
  expect(hold.held).toBe(false);
  hold.take();
  expect(hold.held).toBe(true);
  hold.release();
});
