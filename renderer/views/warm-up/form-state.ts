/** What is in the form; it outlives a walk to another view. */
import { create } from 'zustand';
import {
  type WarmUpJobInput,
  type WarmUpPlan,
  warmUpScenarioNames,
  warmUpScenarios,
} from '../../../core/contract/warm-up.ts';

export type ScenarioName = (typeof warmUpScenarioNames)[number];

export interface WarmUpForm {
  /** null: the first watched host. */
  readonly host: string | null;
  readonly allIps: boolean;
  readonly connections: number;
  readonly concurrency: number;
  readonly timeoutS: number;
  readonly retries: number;
}

export const useWarmUpForm = create<WarmUpForm>()(() => ({
  host: null,
  allIps: true,
  connections: 20,
  concurrency: 10,
  timeoutS: 10,
  retries: 3,
}));

export function changeForm(change: Partial<WarmUpForm>): void {
  useWarmUpForm.setState(change);
}

/** The form's values of a scenario: its number of connections too. */
export function scenarioForm(name: ScenarioName): Omit<WarmUpForm, 'host'> {
  const { connections, concurrency, timeoutMs, retries } = warmUpScenarios[name];
  return { allIps: false, connections, concurrency, timeoutS: timeoutMs / 1_000, retries };
}

/** The scenario that the form stands for; the number counts only where a number is asked for. */
export function scenarioOf(form: WarmUpForm): ScenarioName | null {
  return (
    warmUpScenarioNames.find((name) => {
      const scenario = scenarioForm(name);
      return (
        scenario.concurrency === form.concurrency &&
        scenario.timeoutS === form.timeoutS &&
        scenario.retries === form.retries &&
        (form.allIps || scenario.connections === form.connections)
      );
    }) ?? null
  );
}

export function jobOf(form: WarmUpForm, host: string): WarmUpJobInput {
  return {
    hosts: [host],
    connections: form.allIps ? 'all-ips' : form.connections,
    concurrency: form.concurrency,
    timeoutMs: Math.round(form.timeoutS * 1_000),
    retries: form.retries,
  };
}

/** Known addresses of the host that the access lists leave out; by number the plan says nothing about them. */
export function ipsLeftOut(form: WarmUpForm, plan: WarmUpPlan, known: number): number {
  return form.allIps ? Math.max(0, known - plan.ips) : 0;
}
