import type { Field } from '../../../import/field.ts';
import { type KnownPort, type KnownService, serviceId } from '../../../import/inventory.ts';
import type { NativeDocument } from '../../../import/native-document.ts';
import type { ReadDocument } from '../../../import/read-document.ts';
import { isSameJson } from '../../../lib/is-same-json.ts';
import type { RateLimit } from '../../../spec/types.gen.ts';
import { readDuration } from './durations.ts';
import { type KumaContext, type Selected, selectWorkloads } from './places.ts';
import { isStream } from './protocols.ts';

/** The limit of requests that a policy sets; a policy may also switch that of a wider one off. */
interface SetLimit {
  readonly selected: Selected;
  readonly limit: Pick<RateLimit, 'requests' | 'per'> | 'off';
  /** The more a policy says which proxies it is about, the later it comes; of two that say the same, the first name wins. */
  readonly rank: readonly [place: number, name: string];
  readonly rule: Field;
  readonly root: Field;
}

const served = 'requests over the limit are served';

/** Reads the limits that each instance counts for itself: a service has one for its ports of HTTP, or none. */
export function readRateLimits(
  documents: readonly NativeDocument[],
  context: KumaContext,
): readonly ReadDocument[] {
  const found = documents.flatMap((document) => readPolicy(document, context)).toSorted(byRank);
  const services = [...new Set(found.flatMap(({ selected }) => selected.services))];
  return services.flatMap((service) => limitOf(service, found));
}

function readPolicy(document: NativeDocument, context: KumaContext): readonly SetLimit[] {
  const { root, name } = document;
  const spec = root.at('spec');
  const ref = spec.at('targetRef');
  const selected = selectWorkloads(ref, context.namespaceOf(document), context);
  for (const list of ['from', 'to'])
    spec.at(list).lost({ callers: `${served}: a limit for some callers or at a gateway is not carried` });
  if (selected === undefined || selected.partly.length > 0) {
    spec.lost({ callers: `${served}: the workloads are no whole services` });
    return [];
  }
  const labels = ref.at('labels').isPresent || ref.at('tags').isPresent ? 1 : 0;
  const place =
    (ref.at('kind').value === 'Dataplane' ? 1 : 0) + labels + (selected.port === undefined ? 0 : 1);
  return spec
    .at('rules')
    .items()
    .flatMap((rule) => {
      const limit = readLimit(rule);
      return limit === undefined ? [] : [{ selected, limit, rank: [place, name] as const, rule, root }];
    });
}

/** Returns the limit of a rule; undefined if it has none that the language can say. */
function readLimit(rule: Field): SetLimit['limit'] | undefined {
  const local = rule.along('default', 'local');
  local.at('tcp').lost({ callers: 'connections over the limit are served' });
  if (rule.at('matches').isPresent) {
    rule.lost({ callers: `${served}: a limit for some callers alone is not carried` });
    return undefined;
  }
  const http = local.at('http');
  const [requests, per] = [
    http.along('requestRate', 'num').number(),
    readDuration(http.along('requestRate', 'interval')),
  ];
  const status = http.along('onRateLimit', 'status');
  if ((status.number() ?? 429) !== 429) status.differently({ callers: 'requests over the limit get 429' });
  http.along('onRateLimit', 'headers').lost({ callers: 'requests over the limit get none of these headers' });
  if (http.at('disabled').boolean() === true) return 'off';
  if (requests === undefined || per === undefined) return undefined;
  if (requests >= 1 && per !== '0s') return { requests, per };
  http.at('requestRate').lost({ callers: `${served}: the language counts one request or more in some time` });
  return undefined;
}

function byRank({ rank: [place, name] }: SetLimit, { rank: [other, otherName] }: SetLimit): number {
  return place - other || (name < otherName ? 1 : -1);
}

/** Returns the limit of a service whose ports of HTTP all have the same; any other is lost. */
function limitOf(service: KnownService, found: readonly SetLimit[]): readonly ReadDocument[] {
  const ports = service.ports.filter(({ protocol }) => !isStream(protocol));
  const last = ports.map((port) => found.findLast((one) => isAt(one, service, port)));
  const [first] = last;
  const all = last.map((one) => one?.limit ?? 'off');
  if (first === undefined || all.some((limit) => !isSameJson(limit, all[0]))) {
    const own = found.filter(({ selected }) => selected.services.includes(service));
    for (const { rule } of own)
      rule.differently({ callers: `${served} at ${serviceId(service)}, whose ports differ in their limits` });
    return [];
  }
  if (first.limit === 'off') return [];
  return [
    {
      kind: 'Service',
      namespace: service.namespace,
      name: service.name,
      spec: { rateLimit: first.limit },
      from: [...new Set(last.flatMap((one) => one?.root ?? []))],
      beside: serviceId(service),
    },
  ];
}

function isAt({ selected: { services, port } }: SetLimit, service: KnownService, own: KnownPort): boolean {
  const names = [own.nativeName, own.name, String(own.port)];
  return services.includes(service) && (port === undefined || names.includes(port));
}
