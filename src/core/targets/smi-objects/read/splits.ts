import { isDnsLabel } from '../../../import/dns-label.ts';
import type { Field } from '../../../import/field.ts';
import { idOfHost } from '../../../import/inventory.ts';
import type { NativeDocument } from '../../../import/native-document.ts';
import type { ReadDocument } from '../../../import/read-document.ts';
import type { ReadContext } from '../../../import/reader.ts';
import type { Backend, RouteMatch, RouteRule } from '../../../spec/types.gen.ts';
import type { RouteGroups } from './route-groups.ts';

/** Reads a TrafficSplit: a Route of its service with the shares of other services. */
export function readSplit(
  document: NativeDocument,
  groups: RouteGroups,
  context: ReadContext,
): readonly ReadDocument[] {
  const { root } = document;
  const spec = root.at('spec');
  const namespace = context.namespaceOf(document);
  const id = idOfHost(spec.at('service').text() ?? '', namespace);
  const [home, name = ''] = id?.split('/') ?? [];
  if (id === undefined || home !== namespace || !isDnsLabel(name)) {
    context.refuse(document, 'its service is none of its namespace with a DNS label');
    return [];
  }
  const backends = spec.at('backends').items().flatMap(readBackend);
  if (backends.every(({ weight }) => weight === 0)) {
    context.refuse(document, 'no backend has a weight above zero');
    return [];
  }
  for (const [index, { service }] of backends.entries())
    if (context.inventory.versionOf(`${namespace}/${service}`) === undefined)
      guessed(`${namespace}/${service}`, spec.at('backends').item(index), context, id);
  guessed(id, spec.at('service'), context);
  const matches = spec
    .at('matches')
    .items()
    .flatMap((one) => readCondition(one, namespace, groups));
  if (spec.at('matches').items().length > 0 && matches.length === 0) {
    context.refuse(document, 'the language can say none of its conditions');
    return [];
  }
  const split: RouteRule = {
    ...(matches.length > 0 && { match: matches }),
    backends: backends.map((share) => asVersion(share, namespace, name, context)),
  };
  return [
    {
      kind: 'Route',
      namespace,
      name,
      // All other requests go to the service that they name.
      spec: { service: name, rules: matches.length > 0 ? [split, {}] : [split] },
      from: [root],
      beside: id,
    },
  ];
}

/** Guesses a service that the input doesn't have. */
function guessed(id: string, field: Field, { inventory, guess }: ReadContext, root = id): void {
  if (inventory.service(id) !== undefined) return;
  // A share takes what the service of the split takes.
  const ports = inventory.service(root)?.ports ?? [];
  const isHttp =
    ports.length === 0 || ports.some(({ protocol }) => ['http', 'http2', 'grpc'].includes(protocol));
  guess(id, { protocol: isHttp ? 'http' : 'tcp' }, field);
}

/** A share of the requests. */
interface Share {
  readonly service: string;
  readonly weight: number;
}

/** A Service that stands for a version of another one gets the share of this version. */
function asVersion(share: Share, namespace: string, root: string, { inventory }: ReadContext): Backend {
  const found = inventory.versionOf(`${namespace}/${share.service}`);
  if (found === undefined) return share;
  const { name } = found.service;
  return { ...(name !== root && { service: name }), version: found.version, weight: share.weight };
}

function readBackend(backend: Field): readonly Share[] {
  const service = backend.at('service').text() ?? '';
  const weight = weightOf(backend.at('weight'));
  if (isDnsLabel(service)) return [{ service, weight }];
  backend.lost({ callers: 'the share of a name that is no DNS label goes to the others' });
  return [];
}

/** Returns a weight; the first version of SMI has quantities such as `900m`. */
function weightOf(field: Field): number {
  const written = field.numberOrText() ?? 1;
  if (typeof written === 'number') return Math.max(0, Math.round(written));
  const [, digits = '0', unit] = /^([0-9]+)(m?)$/.exec(written) ?? [];
  return unit === 'm' ? Number(digits) : Number(digits) * 1000;
}

function readCondition(one: Field, namespace: string, groups: RouteGroups): readonly RouteMatch[] {
  one.at('kind').carried();
  const known = groups.matches(namespace, one.at('name').text() ?? '');
  if (known === undefined) {
    one.lost({ callers: 'such requests go to the service that they name' });
    return [];
  }
  return [...known.values()].flatMap((match): readonly RouteMatch[] => {
    if (match === undefined) return [];
    const { paths: [path] = [], methods, headers } = match;
    return [
      { ...(path !== undefined && { path }), ...(methods && { methods }), ...(headers && { headers }) },
    ];
  });
}
