import {
  type Inventory,
  type KnownService,
  type KnownWorkload,
  serviceId,
} from '../../../import/inventory.ts';

/** Pods with the same labels and account, as policies see them. */
export interface KnownPods {
  readonly namespace: string;
  readonly account: string;
  readonly labels: Readonly<Record<string, string>>;
  /** False if only the labels that a Service asks for are known. */
  readonly isComplete: boolean;
}

/** The pods of the input. */
export class Pods {
  readonly all: readonly KnownPods[];
  readonly #ofService = new Map<string, readonly KnownPods[]>();

  constructor({ services, workloads }: Inventory) {
    const guessed: KnownPods[] = [];
    for (const service of services) {
      const own = service.workloads.map(completePods);
      if (own.length === 0) {
        own.push(incompletePods(service));
        guessed.push(...own);
      }
      this.#ofService.set(serviceId(service), own);
    }
    this.all = [...workloads.map(completePods), ...guessed];
  }

  /** Returns the pods of a service. */
  of(service: KnownService): readonly KnownPods[] {
    return this.#ofService.get(serviceId(service)) ?? [];
  }

  /** Returns the pods of the input by their accounts (`namespace/account`). */
  byAccount(): ReadonlyMap<string, readonly KnownPods[]> {
    return Map.groupBy(this.all, accountId);
  }
}

/** Returns the id of the account of pods: `namespace/account`. */
function accountId({ namespace, account }: KnownPods): string {
  return `${namespace}/${account}`;
}

function completePods({ namespace, labels, serviceAccount }: KnownWorkload): KnownPods {
  return { namespace, account: serviceAccount, labels, isComplete: true };
}

function incompletePods({ namespace, name, selector, spec }: KnownService): KnownPods {
  return { namespace, account: spec.workload?.serviceAccount ?? name, labels: selector, isComplete: false };
}
