/** `npm run lint`: every source file of the house against the import rules. Exit 1 when one breaks them. */
import { globSync, readFileSync } from 'node:fs';
import { sep } from 'node:path';
import { importFaults } from './import-rules.ts';

const files = globSync(['core', 'electron', 'renderer', 'test'].map((folder) => `${folder}/**/*.{ts,tsx,mts,mjs,cts}`))
  .map((file) => file.split(sep).join('/'))
  .filter((file) => !file.endsWith('.d.ts'));
const faults = files.flatMap((file) => importFaults(file, readFileSync(file, 'utf8')));
for (const fault of faults) {
  process.stderr.write(`${fault}\n`);
}
process.stderr.write(`Import rules: ${files.length} files, ${faults.length} against the rules\n`);
process.exitCode = faults.length === 0 ? 0 : 1;
