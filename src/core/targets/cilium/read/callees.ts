import type { Field } from '../../../import/field.ts';
import { type KnownService, serviceId } from '../../../import/inventory.ts';
import type { Pods } from './pods.ts';
import { type Fit, fitOf, readSelector } from './selector.ts';

/** The callees of a rule about calls that pods make. */
export interface Callees {
  /** Returns whether all pods of a service are among them. */
  readonly fit: (service: KnownService) => Fit;
  /** True for all hosts outside of the cluster. */
  readonly world: boolean;
  /** Hosts outside by their names. */
  readonly hosts: readonly HostField[];
}

/** A host of the language, and the field that names it. */
export interface HostField {
  readonly host: string;
  readonly field: Field;
}

/** The circumstances in which callees are read. */
export interface CalleeContext {
  readonly home: string | undefined;
  readonly pods: Pods;
  readonly services: readonly KnownService[];
  readonly effect: 'allow' | 'deny';
}

/** Callees that `toPorts` alone stands for. */
export const everything: Callees = { fit: () => 'yes', world: true, hosts: [] };
export const nothing: Callees = { fit: () => 'no', world: false, hosts: [] };

const lists = [
  'toEndpoints',
  'toEntities',
  'toServices',
  'toFQDNs',
  'toCIDR',
  'toCIDRSet',
  'toGroups',
  'toNodes',
] as const;

/** Returns the callees of a rule; undefined for a rule that names none. */
export function readCallees(rule: Field, context: CalleeContext): Callees | undefined {
  const isNamed = lists.some((name) => rule.at(name).isPresent);
  const of = (name: (typeof lists)[number]): readonly Field[] => rule.at(name).items();
  const read: readonly Callees[] = [
    ...of('toEndpoints').map((item) => readSelected(item, context)),
    ...of('toEntities').map((item) => readEntity(item, context)),
    ...of('toServices').map((item) => readService(item, context)),
    ...of('toFQDNs').map((item) => readHost(item, context)),
    ...of('toCIDR').map((item) => readRange(item, item.text(), false, context)),
    ...of('toCIDRSet').map((item) =>
      readRange(item, item.at('cidr').text(), item.at('except').items().length > 0, context),
    ),
    ...[...of('toGroups'), ...of('toNodes')].map((item) => unknown(item, context)),
  ];
  const required = rule.at('toRequires');
  if (required.isPresent && required.items().length > 0) return unknown(required, context);
  return isNamed ? read.reduce(union, nothing) : undefined;
}

function union(one: Callees, other: Callees): Callees {
  return {
    fit: (service) => {
      const fits = [one.fit(service), other.fit(service)];
      if (fits.includes('yes')) return 'yes';
      return fits.includes('unknown') ? 'unknown' : 'no';
    },
    world: one.world || other.world,
    hosts: [...one.hosts, ...other.hosts],
  };
}

/** Marks callees that the language can't name. */
function unknown(field: Field, { effect }: CalleeContext): Callees {
  const why = 'the language knows callees by the names of Services and hosts, not by this';
  if (effect === 'allow') field.lost({ callers: `${why}, so that they are not called`, access: 'narrower' });
  else
    field.lost({
      callers: `${why}, so that they are not refused`,
      access: 'wider',
      witness: 'a call to an address of these from the pods of the policy',
    });
  return nothing;
}

function readSelected(item: Field, context: CalleeContext): Callees {
  const selector = readSelector(item, context.home);
  if (selector?.type !== 'pods') return unknown(item, context);
  const { requirements } = selector;
  const fit = (service: KnownService): Fit => {
    const fits = new Set(context.pods.of(service).map((one) => fitOf(requirements, one)));
    if (fits.size !== 1) return fits.size === 0 ? 'no' : 'unknown';
    return [...fits][0] ?? 'no';
  };
  const found = context.services.map(fit);
  if (isOfNames(item)) return { ...nothing, fit };
  if (!found.some((one) => one !== 'no'))
    item.lost({ callers: 'no Service of the input has these pods, so that nobody calls them by the spec' });
  else if (found.includes('unknown') && context.effect === 'allow')
    item.differently({
      callers: 'a Service with further pods, or pods whose labels are not known, is not called',
      access: 'narrower',
    });
  return { ...nothing, fit };
}

/** Returns true for the servers that answer questions about names. */
function isOfNames(item: Field): boolean {
  const text = JSON.stringify(item.value);
  return /"(?:k8s:|any:)?k8s-app":"(?:kube-dns|coredns|node-local-dns)"/.test(text);
}

function readEntity(item: Field, context: CalleeContext): Callees {
  const name = item.text();
  if (name === 'all') return everything;
  if (name === 'cluster') return { ...nothing, fit: () => 'yes' };
  if (name === 'world') return { ...nothing, world: true };
  if (name === 'none') {
    item.withoutEffect('it stands for nothing');
    return nothing;
  }
  if (context.effect === 'deny')
    item.lost({ callers: 'nodes, gateways and the API server of the cluster are no callees of the mesh' });
  else
    item.lost({
      callers:
        'nodes, gateways and the API server of the cluster are no callees of the mesh: write an External',
      access: 'narrower',
    });
  return nothing;
}

function readService(item: Field, context: CalleeContext): Callees {
  const named = item.at('k8sService');
  const [name, namespace] = [named.at('serviceName').text(), named.at('namespace').text()];
  if (name === undefined) return unknown(item, context);
  const id = `${namespace ?? context.home ?? 'default'}/${name}`;
  return { ...nothing, fit: (service) => (serviceId(service) === id ? 'yes' : 'no') };
}

const hostName = /^(?:\*\.)?[a-z0-9](?:[-_a-z0-9]*[a-z0-9])?(?:\.[a-z0-9](?:[-_a-z0-9]*[a-z0-9])?)*$/;

function readHost(item: Field, context: CalleeContext): Callees {
  const name = item.at('matchName').text()?.toLowerCase().replace(/\.$/, '');
  const pattern = item.at('matchPattern').text()?.toLowerCase().replace(/\.$/, '');
  if (pattern === '*' || pattern === '**') return { ...nothing, world: true };
  // Two stars of Cilium stand for one or more labels, as one star of the language does.
  const host = name ?? (pattern?.startsWith('**.') === true ? pattern.slice(1) : pattern);
  if (host === undefined || !hostName.test(host)) return unknown(item, context);
  if (name === undefined && pattern?.startsWith('*.') === true) {
    item.lost({
      callers:
        'one star stands for one label here and for any number of them in the language, so that these hosts are not called',
      access: 'narrower',
    });
    return nothing;
  }
  return { ...nothing, hosts: [{ host, field: item }] };
}

function readRange(
  item: Field,
  range: string | undefined,
  hasExceptions: boolean,
  context: CalleeContext,
): Callees {
  if ((range === '0.0.0.0/0' || range === '::/0') && !hasExceptions) return { ...nothing, world: true };
  return unknown(item, context);
}
