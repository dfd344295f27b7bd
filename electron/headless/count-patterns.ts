/**
 * `npm run patterns -- FILE…`: how often each log pattern of document 004 is in these logs, ours or anybody's. `-` reads
 * standard input. Exit 0 when all could be read, 2 when one could not.
 */
import { createReadStream } from 'node:fs';
import { StringDecoder } from 'node:string_decoder';
import { counted } from '../../core/contract/counted.ts';
import { eventPatterns, patternPhrases } from '../../core/contract/event-patterns.ts';
import { PatternCounter } from '../../core/logging/pattern-counter.ts';

const usage = 'usage: npm run patterns -- FILE…   (- reads standard input)\n';

async function count(file: string): Promise<PatternCounter> {
  const counter = new PatternCounter();
  const decoder = new StringDecoder('utf8');
  const stream: AsyncIterable<Buffer> = file === '-' ? process.stdin : createReadStream(file);
  for await (const chunk of stream) {
    counter.add(decoder.write(chunk));
  }
  counter.add(decoder.end());
  counter.end();
  return counter;
}

const files = process.argv.slice(2);
if (files.length === 0) {
  process.stderr.write(usage);
  process.exitCode = 2;
}
for (const file of files) {
  try {
    const { counts, lines } = await count(file);
    const rows = eventPatterns.map(
      (pattern) => `${String(counts[pattern]).padStart(10)}  ${pattern} (${patternPhrases[pattern]})`,
    );
    process.stdout.write(`${file}: ${counted(lines, 'line')}\n${rows.join('\n')}\n`);
  } catch (error) {
    process.stderr.write(`${file} cannot be read: ${error instanceof Error ? error.message : error}\n`);
    process.exitCode = 2;
  }
}
