import type { Cluster, LiveObject, Selection, ServedKind } from '../../../ports/cluster.ts';
import { append } from '../../lib/append.ts';
import { memberLabel } from './apply-set.ts';
import { inParallel } from './in-parallel.ts';
import type { Member } from './inventory.ts';
import { refOfLive } from './ref-of-live.ts';

/** The present objects of an inventory in a cluster. */
export interface ObservedObjects {
  /** Existing objects by ref: those that were asked for, and those that carry the label of the set. */
  readonly live: ReadonlyMap<string, LiveObject>;
  /** The refs that were asked for; a ref that is missing in `live` is absent from the cluster. */
  readonly asked: ReadonlySet<string>;
  /** The kinds that the server serves, by `kindKey`. */
  readonly served: ReadonlyMap<string, ServedKind>;
}

/** Returns the key of a kind of an API version. */
export function kindKey({
  apiVersion,
  kind,
}: {
  readonly apiVersion: string;
  readonly kind: string;
}): string {
  return `${apiVersion} ${kind}`;
}

/**
 * Looks at the objects of an ApplySet: one list for each kind, by label, and each object of `asked` without the label.
 * The label also finds members if the inventory was lost; `kinds` are listed even if `asked` has no object of the kind.
 * `unlabelled` has kinds (by `kindKey`) without a labelled object, as a recent list has shown.
 */
export async function observeObjects(
  cluster: Cluster,
  set: string,
  asked: Iterable<Pick<Member, 'ref' | 'apiVersion' | 'kind' | 'namespace' | 'name'>>,
  {
    kinds = [],
    unlabelled = new Set(),
  }: {
    readonly kinds?: readonly { readonly apiVersion: string; readonly kind: string }[] | undefined;
    readonly unlabelled?: ReadonlySet<string> | undefined;
  } = {},
): Promise<ObservedObjects> {
  const byKind = new Map<string, Asked>(kinds.map((one) => [kindKey(one), { of: one, refs: new Map() }]));
  for (const one of asked) {
    const known = byKind.get(kindKey(one)) ?? { of: one, refs: new Map() };
    known.refs.set(one.ref, one);
    byKind.set(kindKey(one), known);
  }
  const live = new Map<string, LiveObject>();
  const refsAsked = new Set([...byKind.values()].flatMap(({ refs }) => [...refs.keys()]));
  const served = new Map<string, ServedKind>();
  await inParallel([...byKind], atOnce, async ([key, { of, refs }]) => {
    const kind = await cluster.served(of.apiVersion, of.kind);
    if (kind === undefined) return;
    served.set(key, kind);
    for (const found of await objectsOfKind(cluster, kind, unlabelled.has(key) ? undefined : set, refs))
      live.set(refOfLive(found), found);
  });
  return { live, served, asked: refsAsked };
}

/** Merges the results of two looks; the second look wins. */
export function mergedObjects(one: ObservedObjects, more: ObservedObjects): ObservedObjects {
  return {
    live: new Map([...one.live, ...more.live]),
    served: new Map([...one.served, ...more.served]),
    asked: new Set([...one.asked, ...more.asked]),
  };
}

/** The most concurrent requests; the adapter has as many connections. */
const atOnce = 8;

/** With more absent objects than these, lists of their namespaces cost less than asking for each. */
const fewAbsent = 4;

interface Asked {
  readonly of: { readonly apiVersion: string; readonly kind: string };
  readonly refs: Map<string, Pick<Member, 'ref' | 'namespace' | 'name'>>;
}

async function objectsOfKind(
  cluster: Cluster,
  kind: ServedKind,
  set: string | undefined,
  refs: Asked['refs'],
): Promise<readonly LiveObject[]> {
  const objects =
    set === undefined ? [] : (await cluster.list(kind, { labels: { [memberLabel]: set } })).objects;
  const labelled = new Set(objects.map(refOfLive));
  const absent = [...refs.values()].filter(({ ref }) => !labelled.has(ref));
  const found: LiveObject[] = [...objects];
  if (absent.length > fewAbsent) {
    const missing = new Set(absent.map(({ ref }) => ref));
    await inParallel(selectionsOf(kind, absent), atOnce, async (selection) => {
      const all = await cluster.list(kind, selection);
      append(
        found,
        all.objects.filter((one) => missing.has(refOfLive(one))),
      );
    });
    return found;
  }
  await inParallel(absent, atOnce, async (name) => {
    const one = await cluster.read(kind, name);
    if (one !== undefined) found.push(one);
  });
  return found;
}

/** Returns the lists that have all objects of a kind in the namespaces of some: one list if there are many namespaces. */
function selectionsOf(
  { namespaced }: ServedKind,
  objects: readonly { readonly namespace?: string }[],
): readonly Selection[] {
  const namespaces = new Set(objects.map(({ namespace }) => namespace));
  if (!namespaced || namespaces.size > fewAbsent) return [{}];
  return [...namespaces].map((namespace) => (namespace === undefined ? {} : { namespace }));
}
