import { defined } from '../../../import/defined.ts';
import type { Field } from '../../../import/field.ts';
import { hasLabels, type KnownService } from '../../../import/inventory.ts';
import type { ReadContext } from '../../../import/reader.ts';
import type { Backend } from '../../../spec/types.gen.ts';

/** The services that destinations refer to. */
export interface DestinationWorld {
  readonly context: ReadContext;
  /** Services of VirtualDestinations, by `namespace/name`. */
  readonly destinations: ReadonlyMap<string, string>;
}

/** Returns the destinations of a rule as backends. */
export function readBackends(list: Field, namespace: string, world: DestinationWorld): readonly Backend[] {
  const items = list.items();
  return items.flatMap((item) => readBackend(item, items.length > 1, namespace, world) ?? []);
}

/** Returns a destination as a backend; undefined, with a loss, for one that is no service of the mesh. */
export function readBackend(
  item: Field,
  isOneOfSeveral: boolean,
  namespace: string,
  { context, destinations }: DestinationWorld,
): Backend | undefined {
  const kind = item.at('kind').text() ?? 'SERVICE';
  const ref = item.at('ref');
  const named = `${ref.at('namespace').text() ?? namespace}/${ref.at('name').text() ?? ''}`;
  const number = item.along('port', 'number').port();
  item.along('port', 'name').lost({ callers: 'the port of the service is known by its number' });
  const weight = item.at('weight').number();
  ref.at('cluster').lost({ callers: 'instances of all clusters of the service get calls' });
  const id = kind === 'VIRTUAL_DESTINATION' ? destinations.get(named) : named;
  if (id === undefined || kind === 'EXTERNAL_SERVICE' || item.at('awsLambda').isPresent) {
    item.lost({ callers: 'this is no service of the mesh, so that it gets no requests' });
    return undefined;
  }
  const service = context.inventory.service(id);
  const guess = { protocol: 'http', ...defined({ port: number }) } as const;
  const port =
    service === undefined
      ? context.guess(id, guess, ref.at('name'))
      : service.ports.find((one) => one.port === number)?.name;
  const isNamed = service === undefined || service.ports.length > 1;
  return {
    service: id,
    ...(isNamed && defined({ port })),
    ...defined({ version: readSubset(item.at('subset'), service) }),
    ...(isOneOfSeveral && { weight: weight ?? 0 }),
  };
}

/** Returns the version whose labels are those of a subset. */
function readSubset(subset: Field, service: KnownService | undefined): string | undefined {
  const labels = subset.labels() ?? {};
  if (Object.keys(labels).length === 0) return undefined;
  const found = Object.entries(service?.spec.versions ?? {}).find(([, version]) =>
    hasLabels(version.labels ?? {}, labels),
  );
  if (found === undefined) subset.lost({ callers: 'no version has these labels: all instances get calls' });
  return found?.[0];
}
