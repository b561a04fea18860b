import type { ListedClass } from '../reach/callers.ts';

/** A node of the graph that stands for some classes of callers. */
export interface CallerNode {
  readonly id: string;
  /** One of the classes; the graph decides a request of this class for all classes of the node. */
  readonly first: ListedClass;
  /** The classes in words. */
  readonly from: readonly string[];
  /** Services and namespaces (`shop/*`) that the id of the node includes and that belong to no class of the node. */
  readonly except: readonly string[];
}

/** Ids of the nodes that stand for callers. */
export const callerIds = { everyone: '*', outside: 'outside', clients: 'clients' } as const;

/**
 * Returns nodes that together stand for exactly the chosen classes. If `chosen` has the class of all unnamed services of
 * the mesh, or of a namespace, one node stands for the whole mesh or namespace. `all` has every class of the destination.
 */
export function callerNodes(
  chosen: readonly ListedClass[],
  all: readonly ListedClass[],
): readonly CallerNode[] {
  const taken = new Set(chosen);
  const others = chosen.find(({ members }) => members.type === 'others' && members.namespace === undefined);
  const services = others === undefined ? byNamespace(chosen, all, taken) : everyService(others, all, taken);
  return [...services, ...outsiders(chosen)];
}

function everyService(
  first: ListedClass,
  all: readonly ListedClass[],
  taken: ReadonlySet<ListedClass>,
): readonly CallerNode[] {
  const folded = all.flatMap((one) =>
    !taken.has(one) && one.members.type === 'others' && one.members.namespace !== undefined
      ? [one.members.namespace]
      : [],
  );
  const isFolded = (id: string): boolean => folded.includes(namespaceOf(id));
  const named = servicesOf(all);
  const except = named.filter(({ of, id }) => !taken.has(of) && !isFolded(id)).map(({ id }) => id);
  const covered = all.filter((one) => taken.has(one) && isOfMesh(one));
  return [
    {
      id: callerIds.everyone,
      first,
      from: covered.map(({ name }) => name),
      except: [...folded.map((one) => `${one}/*`), ...except].sort(),
    },
    ...named.filter(({ of, id }) => taken.has(of) && isFolded(id)).map(alone),
  ];
}

function byNamespace(
  chosen: readonly ListedClass[],
  all: readonly ListedClass[],
  taken: ReadonlySet<ListedClass>,
): readonly CallerNode[] {
  const whole = new Map(
    chosen.flatMap((one) =>
      one.members.type === 'others' && one.members.namespace !== undefined
        ? [[one.members.namespace, one] as const]
        : [],
    ),
  );
  const named = servicesOf(all);
  return [
    ...[...whole].map(([namespace, first]) => {
      const inside = named.filter(({ id }) => namespaceOf(id) === namespace);
      const covered = inside.filter(({ of }) => taken.has(of));
      return {
        id: `${namespace}/*`,
        first,
        from: [first.name, ...new Set(covered.map(({ of }) => of.name))],
        except: inside.filter(({ of }) => !taken.has(of)).map(({ id }) => id),
      };
    }),
    ...named.filter(({ of, id }) => taken.has(of) && !whole.has(namespaceOf(id))).map(alone),
  ];
}

function outsiders(chosen: readonly ListedClass[]): readonly CallerNode[] {
  const outside = chosen.filter(({ members }) => members.type === 'outside');
  const accounts = outside.flatMap((one) =>
    one.members.type === 'outside' && one.members.id !== undefined
      ? [{ id: one.members.id, first: one, from: [one.name], except: [] }]
      : [],
  );
  const rest = outside.filter(({ members }) => members.type === 'outside' && members.id === undefined);
  const [first] = rest;
  if (first === undefined) return accounts;
  return [...accounts, { id: callerIds.outside, first, from: rest.map(({ name }) => name), except: [] }];
}

interface NamedService {
  readonly id: string;
  readonly of: ListedClass;
}

function servicesOf(classes: readonly ListedClass[]): readonly NamedService[] {
  return classes.flatMap((of) =>
    of.members.type === 'services' ? of.members.ids.map((id) => ({ id, of })) : [],
  );
}

function alone({ id, of }: NamedService): CallerNode {
  return { id, first: of, from: [of.name], except: [] };
}

function isOfMesh({ members }: ListedClass): boolean {
  return members.type !== 'outside';
}

function namespaceOf(id: string): string {
  return id.slice(0, id.indexOf('/'));
}
