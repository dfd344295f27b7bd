/** Lists for tests: a controller on a clock of the test's own, and short ways to say what an operator does. */
import { IpAccessController, type IpAccessControllerOptions } from '../../core/access/ip-access-controller.ts';
import type { EventSink } from '../../core/base/event-bus.ts';
import { EventBus } from '../../core/base/event-bus.ts';
import { type AccessAddition, type AccessListName, accessChangeSchema } from '../../core/contract/access.ts';
import type { EngineEvent } from '../../core/contract/events.ts';
import type { ErrorClass } from '../../core/contract/vocabulary.ts';
import { ClassifiedError } from '../../core/dial/classified-error.ts';
import { ManualClock } from './manual-clock.ts';

export function recordedEvents(clock: ManualClock): { sink: EventSink; events: EngineEvent[] } {
  const events: EngineEvent[] = [];
  const bus = new EventBus(clock);
  bus.subscribe((event) => events.push(event));
  return { sink: bus, events };
}

export function accessFixture(options: Partial<IpAccessControllerOptions> = {}): {
  clock: ManualClock;
  lists: IpAccessController;
  events: EngineEvent[];
} {
  const clock = new ManualClock();
  const { sink, events } = recordedEvents(clock);
  const lists = new IpAccessController({ clock, events: sink, ...options });
  return { clock, lists, events };
}

/** An operator's additions to one list. */
export function adding(list: AccessListName, ...values: (string | Omit<AccessAddition, 'list'>)[]) {
  const add = values.map((value) => ({ list, ...(typeof value === 'string' ? { value } : value) }));
  return accessChangeSchema.parse({ add });
}

export function removing(list: AccessListName, value: string, origin: 'operator' | 'file' | 'automatic' = 'operator') {
  return accessChangeSchema.parse({ remove: [{ list, value, origin }] });
}

export function failure(errorClass: ErrorClass, code = 'TEST'): ClassifiedError {
  return new ClassifiedError(errorClass, code, `made for a test: ${errorClass}`);
}
