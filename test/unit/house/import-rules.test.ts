import { describe, expect, it } from 'vitest';
import { importFaults } from '../../support/import-rules/import-rules.ts';

describe('import rules', () => {
  it.each([
    ['core/pool/a.ts', "import { app } from 'electron';"],
    ['core/pool/a.ts', "import type { FC } from 'react';"],
    ['core/contract/a.ts', "import { readFileSync } from 'node:fs';"],
    ['core/contract/a.ts', "import { b } from '../pool/b.ts';"],
    ['core/pool/a.ts', "export * from '../../electron/shared/b.ts';"],
    ['core/pool/a.ts', "import { X509 } from '@peculiar/x509';"],
    ['electron/headless/a.ts', "import { app } from 'electron';"],
    ['electron/headless/a.ts', "import { b } from '../desktop/b.ts';"],
    ['electron/desktop/a.ts', "import { b } from '../../renderer/b.ts';"],
    ['renderer/a.tsx', "import { b } from '../core/pool/b.ts';"],
    ['renderer/a.tsx', "const fs = await import('node:fs');"],
    ['renderer/a.tsx', "import { ipcRenderer } from 'electron';"],
    ['renderer/views/overview/a.tsx', "import { b } from '../warm-up/b.ts';"],
    ['renderer/store/a.ts', "import { b } from '../parts/b.tsx';"],
    ['renderer/parts/a.tsx', "import { b } from '../palette/b.tsx';"],
    ['scripts/a.ts', "import { b } from 'zod';"],
  ])('%s refuses %s', (file, source) => {
    expect(importFaults(file, source)).toHaveLength(1);
  });

  it.each([
    ['core/contract/a.ts', "import { z } from 'zod'; import { b } from './b.ts';"],
    ['core/pool/a.ts', "import { b } from '../contract/b.ts'; import 'node:tls'; import { Client } from 'undici';"],
    ['core/demo/a.ts', "import { X509 } from '@peculiar/x509';"],
    ['electron/desktop/a.ts', "import { app } from 'electron'; import { b } from '../shared/b.ts';"],
    [
      'renderer/views/overview/a.tsx',
      "import { b } from '../../../core/contract/b.ts'; import c from '../../parts/c.tsx';",
    ],
    ['renderer/actions/a.ts', "import { b } from '../store/b.ts'; import { c } from '../base/c.ts';"],
    ['test/unit/a.ts', "import { app } from 'electron'; import { b } from '../../core/pool/b.ts';"],
  ])('%s allows %s', (file, source) => {
    expect(importFaults(file, source)).toEqual([]);
  });
});
