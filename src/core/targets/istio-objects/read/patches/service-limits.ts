import type { ReadDocument } from '../../../../import/read-document.ts';
import { isHttpPort, type Surroundings } from '../surroundings.ts';
import { answerFields, type Bucket, isBareLimit, isLimit, limitFilter, plainLimit } from './local-limits.ts';
import { fieldsNamed, fieldsOf } from './message.ts';
import { filterPlace, overrideOf, type Patch, routePlace } from './patch.ts';
import type { PatchBook } from './patch-book.ts';

/** A limit that each pod counts, and the patches that say it. */
interface PodLimit {
  readonly bucket: Bucket;
  readonly patches: readonly Patch[];
  /** True if the filter counts before the rules of access are asked. */
  readonly isEarly: boolean;
  /** The one port that it holds for; absent for all. */
  readonly port?: number;
}

/** Reads limits that the proxy of each pod counts: `rateLimit` of the services of these pods. */
export function readServiceLimits(book: PatchBook, surroundings: Surroundings): readonly ReadDocument[] {
  const limited = new Set<string>();
  return podLimits(book).flatMap((limit) => {
    const [first] = limit.patches;
    const problem = first && problemOf(first, limit, limited, surroundings);
    if (first === undefined || problem !== undefined) {
      for (const one of limit.patches) book.refuse(one, problem ?? '');
      return [];
    }
    const { services } = first.scope as { readonly services: readonly string[] };
    account(book, limit, first);
    return services.flatMap((id): readonly ReadDocument[] => {
      limited.add(id);
      const [namespace = '', name = ''] = id.split('/');
      const hasRequests = surroundings.context.inventory.service(id)?.ports.some(isHttpPort) === true;
      if (!hasRequests) return [];
      const { root } = first.document;
      return [
        { kind: 'Service', namespace, name, spec: { rateLimit: limit.bucket }, from: [root], beside: id },
      ];
    });
  });
}

/** Finds filters with one bucket, and filters whose bucket the rules of one port have. */
function podLimits(book: PatchBook): readonly PodLimit[] {
  const inbound = book.all.filter(({ context }) => context === 'SIDECAR_INBOUND');
  const filters = inbound.flatMap((patch) => {
    const value = fieldsOf(patch.value, ['name', 'typed_config']);
    const place = filterPlace(patch);
    if (value?.['name'] !== limitFilter || !isLimit(value['typed_config'])) return [];
    if (place !== undefined && !place.atWaypoint && typeof place.position === 'string')
      return [{ patch, config: value['typed_config'], isEarly: place.position === 'first' }];
    book.refuse(patch, 'the language has no limit at this place');
    return [];
  });
  const whole = filters.flatMap(({ patch, config, isEarly }): readonly PodLimit[] => {
    const bucket = plainLimit(config);
    if (bucket !== undefined) return [{ bucket, patches: [patch], isEarly }];
    if (!isBareLimit(config)) book.refuse(patch, unsaid);
    return [];
  });
  const bare = filters.filter(({ config }) => isBareLimit(config));
  const ofPorts = inbound.flatMap((patch): readonly PodLimit[] => {
    const override = overrideOf(patch, limitFilter);
    const port = Number(/^inbound\|http\|(\d+)$/.exec(routePlace(patch)?.vhost ?? '')?.[1]);
    const filter = bare.find((one) => isSameScope(one.patch, patch));
    const bucket = plainLimit(override);
    const mentions = JSON.stringify(patch.value ?? null).includes(limitFilter);
    if (bucket !== undefined && filter !== undefined && port >= 1)
      return [{ bucket, patches: [patch, filter.patch], isEarly: filter.isEarly, port }];
    if (mentions && patch.applyTo !== 'HTTP_FILTER') book.refuse(patch, unsaid);
    return [];
  });
  for (const { patch } of bare) book.refuse(patch, 'the limits that the filter counts by are not read');
  return [...whole, ...ofPorts];
}

const unsaid =
  'the language has one limit for all requests of a service: one that counts every request and refuses with 429 those over the limit, filled every 50 ms at most';

function isSameScope({ scope: one }: Patch, { scope: other }: Patch): boolean {
  if (one.type === 'waypoint' || other.type === 'waypoint') return false;
  return one.type === other.type && one.services.join() === other.services.join();
}

/** Returns the reason why a limit is not one of services of the spec. */
function problemOf(
  { scope }: Patch,
  { port }: PodLimit,
  limited: ReadonlySet<string>,
  { context: { inventory } }: Surroundings,
): string | undefined {
  if (scope.type === 'waypoint')
    return 'the limit of a waypoint is not read: write `rateLimit` of the Service';
  const { services } = scope;
  const [part] = scope.type === 'pods' ? scope.partly : [];
  if (services.length === 0)
    return 'no Service of the input has these pods: write `rateLimit` of the Service';
  if (part !== undefined)
    return `only some of the pods of ${part} keep the limit, and one of the spec holds for all`;
  const twice = services.find((id) => limited.has(id));
  if (twice !== undefined)
    return `another EnvoyFilter limits ${twice}, and a service of the spec has one limit`;
  if (port === undefined) return undefined;
  const other = services.find((id) => {
    const ports = inventory.service(id)?.ports.filter(isHttpPort) ?? [];
    return ports.length !== 1 || ports[0]?.port !== port;
  });
  return other === undefined
    ? undefined
    : `the limit is that of port ${String(port)} alone, and one of the spec holds for all ports of ${other}`;
}

function account(book: PatchBook, { patches, isEarly }: PodLimit, { scope }: Patch): void {
  const differences = [
    ...(isEarly ? ['requests that Access refuses count today, and not in the spec'] : []),
    ...(scope.type === 'pods' && scope.services.length > 1
      ? ['services with the same pods count each for itself in the spec']
      : []),
    ...(scope.type === 'all' || scope.type === 'namespace'
      ? ['services that come later have no limit: write it into a Profile']
      : []),
  ];
  for (const patch of patches) {
    if (differences.length === 0) book.carry(patch);
    else book.carryDifferently(patch, { callers: differences.join('; ') });
    for (const name of answerFields)
      for (const one of fieldsNamed(patch.field, name))
        one.lost({ callers: 'answers have no headers about the limit' });
  }
}
