import { expect, test } from 'vitest';
import { decodeClone, encodeClone } from '../../support/electron-stand-in/page-side/clone-codec.js';

test.each([
  [null],
  ['plain:text'],
  [[1, [true, { a: 'b' }]]],
  [undefined],
  [{ missing: undefined, none: null }],
  [[Number.NaN, Number.POSITIVE_INFINITY, -0]],
  [12n],
  [new Date(5)],
  [new Map([['a', new Set([1, undefined])]])],
  [new Uint8Array([0, 255])],
  [{ $: 'date', of: 'nothing of ours' }],
])('%o comes out as it went in', (value) => {
  expect(decodeClone(encodeClone(value))).toEqual(value);
});

test('a class loses its methods, as in every clone', () => {
  class Point {
    readonly x = 1;
    length(): number {
      return this.x;
    }
  }
  const copy = decodeClone(encodeClone(new Point()));
  expect(Object.getPrototypeOf(copy)).toBe(Object.prototype);
  expect(copy).toEqual({ x: 1 });
});

test.each([[() => undefined], [Symbol('s')], [{ deep: [() => undefined] }], [Promise.resolve()]])(
  'what a clone cannot keep is refused',
  (value) => {
    expect(() => encodeClone(value)).toThrow(/could not be cloned/);
  },
);

test('between worlds a function becomes one that calls across', () => {
  const calls: unknown[] = [];
  const text = encodeClone({ listener: () => undefined }, () => 'id-1');
  const copy = decodeClone(text, (id) => (argument: unknown) => calls.push([id, argument])) as {
    listener: (argument: string) => void;
  };
  copy.listener('hello');
  expect(calls).toEqual([['id-1', 'hello']]);
});
