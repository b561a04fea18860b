import { exit } from '../../core/exit-code.ts';
import type { Delivery } from '../../core/run/delivery.ts';
import type { Event, Outcome } from '../../core/run/event.ts';
import type { RunEnd } from '../../ui/run-end-text.ts';

type State = (Event & { readonly type: 'proxy' })['state'];

/** The last state of each proxy of a run, by target and id: proxies of two targets may have the same id. */
export class ProxyStates {
  private readonly states = new Map<string, Map<string, State>>();

  /** Notes the state of a proxy. A new stage asks every proxy again. */
  note(event: Event): void {
    if (event.type !== 'proxy' && event.type !== 'switch') return;
    const ofTarget = this.states.get(event.target) ?? new Map<string, State>();
    this.states.set(event.target, ofTarget);
    if (event.type === 'proxy') ofTarget.set(event.id, event.state);
    else for (const [id, state] of ofTarget) if (state === 'accepted') ofTarget.delete(id);
  }

  /** Returns the number of proxies by their last state; those that the new revision no longer has are not counted. */
  counts(
    deliveries: readonly (Pick<Delivery, 'name'> & { readonly next: Pick<Delivery['next'], 'proxies'> })[],
    { cause }: Outcome,
  ): RunEnd['proxies'] {
    const wanted = deliveries.flatMap(({ name, next }) =>
      next.proxies.map(({ id }) => this.states.get(name)?.get(id)),
    );
    const count = (state: State | undefined) => wanted.filter((one) => one === state).length;
    const isAwaited = cause?.code === exit.unaccepted || cause?.code === exit.unreachable;
    return {
      accepted: count('accepted'),
      rejected: count('rejected'),
      unseen: count('unseen'),
      silent: isAwaited ? count(undefined) : 0,
    };
  }
}
