import { expect, test } from 'vitest';
import { figureReading, stateReading } from '../../../core/alerts/alert-reading.ts';
import { alertSentence } from '../../../core/contract/alert-text.ts';

test.each([
  [figureReading('success-rate', 'pool', 0.7123, 0.8, 0.1), 'success rate 71.2 % < 80 %'],
  [figureReading('success-rate', 'pool', 2 / 3, 0.8, 0.1), 'success rate 66.7 % < 80 %'],
  [figureReading('success-rate', 'pool', 0.7999, 0.8, 0.1), 'success rate 79.9 % < 80 %'],
  [
    figureReading('success-rate', 'pool', null, 0.8, 0.1),
    'success rate was < 80 %; no request has finished in the last minute',
  ],
  [
    figureReading('disk-full', '/data', null, 50_000_000, 0.1),
    '/data: free on the disk was < 50 MB; the system does not tell it now',
  ],
  [figureReading('response-time', 'pool', 6_204, 5_000, 0.1), 'mean response 6.2 s > 5 s'],
  [figureReading('disk-full', '/data', 12_345_678, 50_000_000, 0.1), '/data: free on the disk 12.3 MB < 50 MB'],
  [
    figureReading('warm-up-success', 'a.test', 0.5, 0.8, 0.1, '10 of 20 failed, mostly: ECONNREFUSED'),
    'warm-up of a.test 50 % < 80 %; 10 of 20 failed, mostly: ECONNREFUSED',
  ],
  [
    stateReading('disk-full', '/data/h', true, 'database or disk is full'),
    '/data/h: nothing can be stored on the disk; database or disk is full',
  ],
  [stateReading('leak', 'pool', true, null, 1), '1 lease held too long'],
  [stateReading('leak', 'pool', false, null, 0), 'no lease is held too long any more'],
  [stateReading('lists-unread', '/data/l', false, null, 0), 'access lists: the file has no fault any more'],
])('an alert is a sentence: %#', (reading, sentence) => {
  expect(alertSentence(reading, 'en')).toBe(sentence);
});
