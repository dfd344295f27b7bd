import type { ConfigState } from '../../../core/contract/config.ts';
import { ContractError } from '../../../core/contract/errors.ts';
import { fakeTargets } from './fake-demo.ts';
import type { FakeHost } from './fake-fleet.ts';
import type { FakeLimits } from './fake-limits.ts';
import type { AnswersOf } from './memory-answers.ts';

export const fakeConfigFile = '/home/operator/hotpool.toml';

/** The fake fleet is the demo's, which has no file. */
export function configStateOf({ revision }: FakeLimits, fleet: readonly FakeHost[]): ConfigState {
  return { revision, file: fleet.length === 0 ? fakeConfigFile : null, fault: null, warnings: [], missing: false };
}

/** `changed`: the configuration is another. */
export function configAnswers(
  limits: FakeLimits,
  fleet: readonly FakeHost[],
  changed: () => void,
): AnswersOf<'config'> {
  const noVersion = (): never => {
    throw new ContractError('not-found', 'There is no earlier version.');
  };
  return {
    'config.get': () => ({ ...configStateOf(limits, fleet), keys: limits.keys(), ...fakeTargets(fleet) }),
    'config.preview': (change) => limits.preview(change),
    'config.update': (change) => {
      const applied = limits.update(change);
      changed();
      return applied;
    },
    'config.text': () => ({ file: 'hotpool.toml', exists: false, text: '', revision: '' }),
    'config.previewText': ({ text }) => ({ faults: [], diff: [], warnings: [], effects: [], text, values: null }),
    'config.saveText': () => {
      throw new ContractError('refused', 'There is no disk behind this picture.');
    },
    'config.presets': () => ({ presets: limits.presets(), requestsPerSecond: 42.5, suggested: 'medium' }),
    'config.history': () => ({ versions: [] }),
    'config.version': noVersion,
    'config.revert': noVersion,
  };
}
