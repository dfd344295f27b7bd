import { expect, it } from 'vitest';
import { connectionStates } from '../../../core/contract/vocabulary.ts';
import { nextState } from '../../../core/pool/connection-state.ts';
import { PoolInvariantError } from '../../../core/pool/pool-errors.ts';

const moves = [
  'dialing → validating',
  'dialing → closed',
  'validating → idle',
  'validating → checking',
  'validating → leased',
  'validating → closed',
  'idle → checking',
  'idle → leased',
  'idle → draining',
  'idle → closed',
  'checking → idle',
  'checking → leased',
  'checking → closed',
  'leased → idle',
  'leased → checking',
  'leased → draining',
  'leased → closed',
  'draining → closed',
];

it.each(connectionStates.flatMap((from) => connectionStates.map((to) => ({ from, to }))))(
  '$from → $to',
  ({ from, to }) => {
    if (moves.includes(`${from} → ${to}`)) {
      expect(nextState(1, from, to)).toBe(to);
    } else {
      expect(() => nextState(7, from, to)).toThrow(PoolInvariantError);
      expect(() => nextState(7, from, to)).toThrow(/connection 7/);
    }
  },
);
