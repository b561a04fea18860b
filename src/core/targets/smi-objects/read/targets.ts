import { isDnsLabel } from '../../../import/dns-label.ts';
import type { Field } from '../../../import/field.ts';
import type { NativeDocument } from '../../../import/native-document.ts';
import type { ReadDocument } from '../../../import/read-document.ts';
import type { ReadContext } from '../../../import/reader.ts';
import type { AccessRule, AccessTo } from '../../../spec/types.gen.ts';
import type { RouteGroups } from './route-groups.ts';

/** Reads a TrafficTarget: an allow rule at each service whose pods have the account of its destination. */
export function readTarget(
  document: NativeDocument,
  groups: RouteGroups,
  context: ReadContext,
): readonly ReadDocument[] {
  const { root } = document;
  const spec = root.at('spec');
  if (!spec.isPresent) {
    context.refuse(document, 'it is of a version of SMI without `spec`, whose fields have other names');
    return [];
  }
  const home = context.namespaceOf(document);
  const destination = readAccount(spec.at('destination'), home);
  const port = spec.along('destination', 'port').port();
  const sources = spec
    .at('sources')
    .items()
    .map((source) => readAccount(source, home));
  const from = sources.flatMap((account) => (account === undefined ? [] : [{ serviceAccount: account }]));
  if (destination === undefined) {
    context.refuse(document, 'its destination is no account with a DNS label');
    return [];
  }
  const rules = spec.at('rules').items();
  const read = rules.map((rule) => readRule(rule, home, groups));
  const services = servicesOf(destination, spec.at('destination'), context);
  const hasStreams = services.some((id) =>
    context.inventory.service(id)?.ports.some(({ protocol }) => !http.includes(protocol)),
  );
  if (hasStreams && port === undefined && read.every(({ type }) => type === 'requests'))
    spec.at('rules').item(0).at('kind').differently({
      callers: 'ports without HTTP stay closed to these callers, which some meshes open to them',
      access: 'narrower',
    });
  // Without sources nobody gets in, and neither does anybody in the language: such a rule is left out.
  if (from.length === 0) return [];
  return services.flatMap((id): readonly ReadDocument[] => {
    const [namespace = '', name = ''] = id.split('/');
    const to = operationsAt(id, read, port, context);
    if (to?.length === 0) return [];
    const allow: AccessRule = { allow: { from, ...(to !== undefined && { to }) } };
    return [
      {
        kind: 'Access',
        namespace,
        name: nameOf(document.name, name),
        spec: { service: name, rules: [allow] },
        from: [root],
        beside: id,
      },
    ];
  });
}

/** Returns a DNS label for the rule of one service. */
function nameOf(written: string, service: string): string {
  const label = `${service}-${written}`
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 63)
    .replace(/-+$/, '');
  return isDnsLabel(label) ? label : service;
}

/** Returns an account as `namespace/name`; undefined if it is no DNS label or of another kind. */
function readAccount(field: Field, home: string): string | undefined {
  const kind = field.at('kind').text();
  const name = field.at('name').text() ?? '';
  const namespace = field.at('namespace').text() ?? home;
  if (kind === 'ServiceAccount' && isDnsLabel(name) && isDnsLabel(namespace)) return `${namespace}/${name}`;
  field.lost({ callers: 'the language has no such caller: it is refused', access: 'narrower' });
  return undefined;
}

/**
 * Returns the services whose pods have an account. If none is known, returns the service of the account's name: as it is
 * among the input without pods, or guessed.
 */
function servicesOf(account: string, field: Field, { inventory, guess }: ReadContext): readonly string[] {
  const [namespace, name] = account.split('/');
  const known = inventory.services.filter(
    (service) =>
      service.namespace === namespace &&
      service.workloads.some(({ serviceAccount }) => serviceAccount === name),
  );
  if (known.some(({ workloads }) => workloads.some(({ serviceAccount }) => serviceAccount !== name)))
    field.differently({
      callers: 'a service also has pods of other accounts, which let these callers in, too',
      access: 'wider',
    });
  if (known.length > 0) return known.map((service) => `${service.namespace}/${service.name}`);
  const namesake = inventory.service(account);
  if (namesake === undefined) guess(account, { protocol: 'http' }, field);
  // Without pods among the input a service is taken to run as the account of its own name.
  if (namesake === undefined || namesake.workloads.length === 0) return [account];
  field.lost({
    callers: 'no pods of the input run as this account: the rule opens nothing',
    access: 'narrower',
  });
  return [];
}

/** The operations of a rule: requests, or connections to ports. */
type ReadRule =
  | { readonly type: 'requests'; readonly matches: readonly AccessTo[] }
  | { readonly type: 'ports'; readonly numbers: readonly number[] };

function readRule(rule: Field, namespace: string, groups: RouteGroups): ReadRule {
  const kind = rule.at('kind').text();
  const name = rule.at('name').text() ?? '';
  const names = rule.at('matches').texts() ?? [];
  if (kind === 'TCPRoute') {
    const numbers = groups.ports(namespace, name);
    if (numbers !== undefined) return { type: 'ports', numbers };
  }
  const known = kind === 'HTTPRouteGroup' ? groups.matches(namespace, name) : undefined;
  if (known === undefined) {
    rule.lost({
      callers: 'the rule names no object of the input: such calls are refused',
      access: 'narrower',
    });
    return { type: 'requests', matches: [] };
  }
  const asked = names.length === 0 ? [...known.values()] : names.map((one) => known.get(one));
  return { type: 'requests', matches: asked.flatMap((match) => (match === undefined ? [] : [match])) };
}

const http: readonly string[] = ['http', 'http2', 'grpc'];

/** Returns what callers may do at a service; undefined for everything. */
function operationsAt(
  id: string,
  rules: readonly ReadRule[],
  port: number | undefined,
  { inventory }: ReadContext,
): readonly AccessTo[] | undefined {
  const ports = inventory.service(id)?.ports ?? [];
  const numbers = rules.flatMap((rule) => (rule.type === 'ports' ? rule.numbers : []));
  const asked = port === undefined ? numbers : [port];
  const namesOf = (isHttp: boolean): readonly string[] =>
    ports
      .filter(({ targetPort, protocol }) => asked.includes(targetPort) && http.includes(protocol) === isHttp)
      .map(({ name }) => name);
  const requests = rules.flatMap((rule) => (rule.type === 'requests' ? rule.matches : []));
  const hasRequests = rules.some(({ type }) => type === 'requests');
  if (asked.length === 0) {
    if (!hasRequests) return undefined;
    const isAll = requests.some((one) => Object.keys(one).length === 0);
    // A rule about requests opens no port of connections.
    const web = ports.filter(({ protocol }) => http.includes(protocol)).map(({ name }) => name);
    if (isAll && web.length === ports.length) return undefined;
    return isAll && web.length === 0 ? [] : requests.map((one) => (isAll ? { ports: web, ...one } : one));
  }
  const [seen, others] = [namesOf(true), namesOf(false)];
  const hasPorts = rules.some(({ type }) => type === 'ports');
  const all = hasRequests ? (hasPorts ? others : []) : [...seen, ...others];
  return [
    ...(hasRequests && seen.length > 0 ? requests.map((one) => ({ ports: seen, ...one })) : []),
    ...(all.length > 0 ? [{ ports: all }] : []),
  ];
}
