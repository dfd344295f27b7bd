/** What is in the form; it outlives a walk to another view. */
import { create } from 'zustand';
import type { IpList } from '../../../core/contract/warm-up.ts';
import {
  defaultWarmUpConcurrency,
  type WarmUpJobInput,
  warmUpScenarioNames,
  warmUpScenarios,
} from '../../../core/contract/warm-up-job.ts';

export type ScenarioName = (typeof warmUpScenarioNames)[number];

/** One connection for each IP of the host, a number of them, or one for each IP of a list. */
export type Endpoints = 'all' | 'number' | 'list';

/** A pasted or imported text, and what the engine read in it. */
export interface ListedIps {
  readonly text: string;
  readonly read: IpList;
}

export interface WarmUpForm {
  /** Empty: the first watched host. */
  readonly hosts: readonly string[];
  readonly endpoints: Endpoints;
  /** To each host. */
  readonly connections: number;
  readonly list: ListedIps | null;
  readonly onlyCold: boolean;
  /** null: ten to each host. */
  readonly concurrency: number | null;
  /** Dials begun in a second at most; null: as fast as the engine dials. */
  readonly dialsPerSecond: number | null;
  readonly timeoutS: number;
  readonly retries: number;
}

export const useWarmUpForm = create<WarmUpForm>()(() => ({
  hosts: [],
  endpoints: 'all',
  connections: 20,
  list: null,
  onlyCold: false,
  concurrency: null,
  dialsPerSecond: null,
  timeoutS: 10,
  retries: 3,
}));

export function changeForm(change: Partial<WarmUpForm>): void {
  useWarmUpForm.setState(change);
}

type ScenarioForm = Pick<
  WarmUpForm,
  'endpoints' | 'connections' | 'concurrency' | 'dialsPerSecond' | 'timeoutS' | 'retries'
>;

/** The form's values of a scenario: its number of connections too, unless a list says where they go. */
export function scenarioForm(name: ScenarioName, endpoints: Endpoints): ScenarioForm {
  const { connections, concurrency, timeoutMs, retries } = warmUpScenarios[name];
  return {
    endpoints: endpoints === 'list' ? 'list' : 'number',
    connections,
    concurrency,
    // The reference gives its scenarios no pace of their own.
    dialsPerSecond: null,
    timeoutS: timeoutMs / 1_000,
    retries,
  };
}

/** The scenario that the form stands for; the number counts only where a number is asked for. */
export function scenarioOf(form: WarmUpForm): ScenarioName | null {
  return (
    warmUpScenarioNames.find((name) => {
      const scenario = scenarioForm(name, form.endpoints);
      return (
        scenario.concurrency === form.concurrency &&
        scenario.dialsPerSecond === form.dialsPerSecond &&
        scenario.timeoutS === form.timeoutS &&
        scenario.retries === form.retries &&
        (form.endpoints !== 'number' || scenario.connections === form.connections)
      );
    }) ?? null
  );
}

/** The hosts that the form is for: those chosen that are still watched, else the first. */
export function hostsOf(form: Pick<WarmUpForm, 'hosts'>, watched: readonly string[]): readonly string[] {
  const chosen = watched.filter((host) => form.hosts.includes(host));
  return chosen.length > 0 ? chosen : watched.slice(0, 1);
}

export function concurrencyOf(form: Pick<WarmUpForm, 'concurrency'>, hosts: number): number {
  return form.concurrency ?? defaultWarmUpConcurrency * hosts;
}

/** null while there is nothing to ask for: no host is watched, or no list was given yet. */
export function jobOf(form: WarmUpForm, hosts: readonly string[]): WarmUpJobInput | null {
  const ips = form.endpoints === 'list' ? (form.list?.read.ips ?? []) : null;
  if (hosts.length === 0 || ips?.length === 0) {
    return null;
  }
  return {
    hosts: [...hosts],
    connections: form.endpoints === 'number' ? form.connections : 'all-ips',
    ips,
    onlyCold: form.onlyCold,
    concurrency: form.concurrency,
    dialsPerSecond: form.dialsPerSecond,
    timeoutMs: Math.round(form.timeoutS * 1_000),
    retries: form.retries,
  };
}
