import { defined, unlessEmpty } from '../../../import/defined.ts';
import { isDnsLabel } from '../../../import/dns-label.ts';
import { durationText } from '../../../import/duration-text.ts';
import type { Field } from '../../../import/field.ts';
import { idOfHost } from '../../../import/inventory.ts';
import type { NativeDocument } from '../../../import/native-document.ts';
import type { ReadDocument } from '../../../import/read-document.ts';
import type { ReadContext } from '../../../import/reader.ts';
import { isPattern, isToken } from '../../../import/written-values.ts';
import type { Backend, Retries, RetryBudget, RouteMatch, RouteRule } from '../../../spec/types.gen.ts';

/** Returns the service (`NAMESPACE/NAME`) that a ServiceProfile is of; undefined for a host outside of the mesh. */
export function profiledService({ name }: NativeDocument): string | undefined {
  const id = name.split('.').length > 2 ? idOfHost(name, '') : undefined;
  return id?.split('/').every(isDnsLabel) === true ? id : undefined;
}

/** Reads a ServiceProfile: a Route of its service, and its budget of retries. */
export function readServiceProfile(document: NativeDocument, context: ReadContext): readonly ReadDocument[] {
  const { root } = document;
  const spec = root.at('spec');
  const id = profiledService(document);
  if (id === undefined) {
    spec.lost({
      callers: 'its name is no Service: the routes of hosts outside of the mesh are not in the spec',
    });
    return [];
  }
  const [namespace = '', name = ''] = id.split('/');
  if (context.inventory.service(id) === undefined)
    context.guess(id, { protocol: 'http' }, root.along('metadata', 'name'));
  for (const port of spec.at('opaquePorts').items())
    port.lost({ callers: 'requests at this port are told apart: give the port the protocol tcp' });
  const backends = readOverrides(spec.at('dstOverrides'), namespace, context);
  const retryBudget = readBudget(spec.at('retryBudget'));
  const rules = spec
    .at('routes')
    .items()
    .flatMap((route) => readRoute(route, backends));
  const others: RouteRule = backends === undefined ? {} : { backends };
  const hasRoute = rules.length > 0 || backends !== undefined;
  return [
    ...(retryBudget === undefined
      ? []
      : [
          {
            kind: 'Service' as const,
            namespace,
            name,
            spec: { retryBudget },
            from: [spec.at('retryBudget')],
            beside: id,
          },
        ]),
    ...(hasRoute
      ? [
          {
            kind: 'Route' as const,
            namespace,
            name,
            spec: { service: name, rules: [...rules, others] },
            from: [root],
            beside: id,
          },
        ]
      : []),
  ];
}

function readOverrides(list: Field, namespace: string, context: ReadContext): readonly Backend[] | undefined {
  return unlessEmpty(list.items().flatMap((item) => readOverride(item, namespace, context)));
}

function readOverride(item: Field, namespace: string, context: ReadContext): readonly Backend[] {
  const [host = '', port] = (item.at('authority').text() ?? '').split(':');
  const written = item.at('weight').numberOrText();
  const weight = typeof written === 'string' ? Number.parseInt(written, 10) : written;
  const id = idOfHost(host, namespace);
  if (id?.split('/').every(isDnsLabel) !== true) {
    item.lost({ callers: 'this is no Service: the other destinations take its share' });
    return [];
  }
  const name = id.startsWith(`${namespace}/`) ? id.slice(namespace.length + 1) : id;
  const share = weight === undefined || Number.isNaN(weight) ? undefined : Math.max(0, Math.round(weight));
  return [{ service: name, ...defined({ port: portName(id, Number(port), item, context), weight: share }) }];
}

/** Returns the name of a port of a service; undefined for its only one. */
function portName(id: string, number: number, item: Field, context: ReadContext): string | undefined {
  const service = context.inventory.service(id);
  if (service !== undefined)
    return service.ports.length > 1 ? service.ports.find((one) => one.port === number)?.name : undefined;
  const isPort = number > 0 && number < 65_536;
  return context.guess(id, { protocol: 'http', ...(isPort ? { port: number } : {}) }, item);
}

function readBudget(field: Field): RetryBudget | undefined {
  if (!field.isPresent) return undefined;
  const ratio = field.at('retryRatio').number() ?? 0.2;
  const least = field.at('minRetriesPerSecond');
  const count = least.number() ?? 10;
  least.differently({
    callers: 'this number of retries may be under way at once, whatever the rate of requests',
  });
  field
    .at('ttl')
    .lost({ callers: 'retries count against the requests under way, not against those of a time' });
  const percent = Math.min(Math.max(Math.round(ratio * 1_000_000) / 10_000, 0), 100);
  return { percent, minRetryConcurrency: Math.max(0, Math.round(count)) };
}

/** Linkerd tries again as long as the budget lets it. */
const retries: Retries = { attempts: 3, on: ['5xx'], methods: 'all' };

function readRoute(route: Field, backends: readonly Backend[] | undefined): readonly RouteRule[] {
  route.at('name').withoutEffect('the name of a route stands in metrics alone');
  const matches = readCondition(route.at('condition'));
  const retryable = route.at('isRetryable');
  const isRetryable = retryable.boolean() === true;
  if (isRetryable)
    retryable.differently({
      callers: 'a request is tried again three times at most; Linkerd goes on as long as its budget lasts',
    });
  const written = route.at('timeout').text();
  const timeout = written === undefined ? undefined : durationText(written);
  if (written !== undefined && timeout === undefined) route.at('timeout').malformed('a duration');
  const classes = route.at('responseClasses');
  if (classes.isPresent)
    classes.lost({ callers: 'answers from 500 on are failures, whatever these classes say' });
  if (matches === undefined || matches.length === 0) {
    route
      .at('condition')
      .lost({ callers: 'the language has no such condition: these requests take the next rule' });
    return [];
  }
  return [
    {
      match: matches,
      ...defined({ backends, timeout }),
      ...(isRetryable && { retries }),
    },
  ];
}

/** Conditions within conditions are read as far as this. */
const deepest = 8;

/** Returns alternatives, of which one has to hold; undefined for a condition that the language can't say. */
function readCondition(condition: Field, depth = 0): readonly RouteMatch[] | undefined {
  if (depth > deepest) return undefined;
  const inner = (one: Field): readonly RouteMatch[] | undefined => readCondition(one, depth + 1);
  const not = condition.at('not');
  const all = condition.at('all').items().map(inner);
  const any = condition.at('any').items().map(inner);
  const own = readOwn(condition);
  if (own === undefined || not.isPresent) return undefined;
  let matches: readonly RouteMatch[] | undefined = [own];
  for (const list of all) matches = both(matches, list);
  if (any.length > 0)
    matches = both(matches, any.includes(undefined) ? undefined : any.flatMap((list) => list ?? []));
  return matches;
}

/** Reads the path and the method of a condition itself; undefined for values that the language doesn't take. */
function readOwn(condition: Field): RouteMatch | undefined {
  const regex = condition.at('pathRegex').text() ?? '';
  const method = condition.at('method').text() ?? '';
  if (!isPattern(regex) || !isToken(method === '' ? 'GET' : method)) return undefined;
  return { ...(regex !== '' && { path: { regex } }), ...(method !== '' && { methods: [method] }) };
}

function both(
  one: readonly RouteMatch[] | undefined,
  other: readonly RouteMatch[] | undefined,
): readonly RouteMatch[] | undefined {
  if (one === undefined || other === undefined) return undefined;
  const combined = one.flatMap((first) =>
    other.map((second) => {
      const clashes = Object.keys(first).some((key) => Object.hasOwn(second, key));
      return clashes ? undefined : { ...first, ...second };
    }),
  );
  return combined.every((match) => match !== undefined) ? combined : undefined;
}
