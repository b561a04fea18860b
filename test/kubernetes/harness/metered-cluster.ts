import type { Cluster, LiveObject, ObjectName, Selection } from '../../../src/ports/cluster.ts';
import type { Meter } from '../../contract/outputs/meter.ts';

/**
 * A real cluster whose writes are counted, so that a process can be stopped at one of them. The namespace `shop` of the
 * contract is one of its own in each world: it has the `name` in the cluster.
 */
export function meteredCluster(cluster: Cluster, meter: Meter, name: string): Cluster {
  const inside = <T extends { readonly namespace?: string } | undefined>(one: T): T =>
    one?.namespace === 'shop' ? { ...one, namespace: name } : one;
  const sent = <T>(object: T): T => {
    const live = object as unknown as LiveObject;
    return { ...live, metadata: inside(live.metadata) } as unknown as T;
  };
  const outside = (live: LiveObject): LiveObject =>
    live.metadata.namespace === name ? { ...live, metadata: { ...live.metadata, namespace: 'shop' } } : live;
  const maybe = (live: LiveObject | undefined): LiveObject | undefined => live && outside(live);
  return {
    description: cluster.description,
    guarded: (permit) => meteredCluster(cluster.guarded(permit), meter, name),
    served: (...args) => cluster.served(...args),
    kinds: (...args) => cluster.kinds(...args),
    schemas: (...args) => cluster.schemas(...args),
    rules: (...args) => cluster.rules(...args),
    may: (...args) => cluster.may(...args),
    list: async (kind, selection?: Selection) => {
      const { objects, resourceVersion } = await cluster.list(kind, inside(selection));
      return { objects: objects.map(outside), resourceVersion };
    },
    read: async (kind, at: ObjectName) => maybe(await cluster.read(kind, inside(at))),
    apply: async (kind, object, settings) => {
      const write = (): ReturnType<Cluster['apply']> => cluster.apply(kind, sent(object), settings);
      const answer = await (settings.dryRun ? write() : meter.writing(write));
      return answer.state === 'applied' ? { ...answer, object: outside(answer.object) } : answer;
    },
    create: async (kind, object) => maybe(await meter.writing(() => cluster.create(kind, sent(object)))),
    replace: async (kind, object) => maybe(await meter.writing(() => cluster.replace(kind, sent(object)))),
    remove: (kind, at, holds) => meter.writing(() => cluster.remove(kind, inside(at), holds)),
    watch: (...args) => cluster.watch(...args),
  };
}
