import type { Difference } from '../../../import/fate.ts';
import type { Field } from '../../../import/field.ts';
import { type KnownPort, type KnownService, serviceId } from '../../../import/inventory.ts';
import type { NativeDocument } from '../../../import/native-document.ts';
import type { ReadDocument } from '../../../import/read-document.ts';
import type { ReadContext } from '../../../import/reader.ts';
import { isHeaderValue, isMatchableHeader, isPath, isToken } from '../../../import/written-values.ts';
import { quoteRegex } from '../../../lib/quote-regex.ts';
import type { AccessRule, AccessTo, HeaderMatch, PathMatch, Principal } from '../../../spec/types.gen.ts';
import { Modes } from './tls-modes.ts';
import type { Workspaces } from './workspaces.ts';

const refused = (why: string): Difference => ({
  callers: `${why}: such calls are refused`,
  access: 'narrower',
});

interface Guarded {
  readonly rules: AccessRule[];
  readonly from: Field[];
}

/** A service that a policy selects, with the number of its only port that is meant. */
interface Selected {
  readonly service: KnownService;
  readonly port?: number | undefined;
}

/**
 * Reads AccessPolicies: each closes the services that it selects, and all that hold for one add up. `peers` are the
 * PeerAuthentications beside them.
 */
export function readAccessPolicies(
  documents: readonly NativeDocument[],
  context: ReadContext,
  workspaces: Workspaces,
  peers: readonly NativeDocument[],
): readonly ReadDocument[] {
  const guarded = new Map<string, Guarded>();
  const modes = new Modes(peers);
  for (const document of documents) {
    const spec = document.root.at('spec');
    const config = spec.at('config');
    const home = workspaces.of(context.namespaceOf(document));
    const selected = selectedServices(spec, context).filter(
      ({ service }) => home === undefined || home.includes(service.namespace),
    );
    const mode = config.along('authn', 'tlsMode').text();
    const single = config.at('authz');
    const entries = [...(single.isPresent ? [single] : []), ...config.at('authzList').items()];
    const layers = config.at('enforcementLayers');
    if (layers.at('mesh').boolean() === false)
      layers.at('mesh').differently({ callers: 'the proxies enforce the rules, too', access: 'narrower' });
    layers.at('cni').withoutEffect('the proxies enforce the rules');
    if (selected.length === 0)
      spec.lost({
        callers: 'no Service of the input is selected, so that the policy holds for nothing in the spec',
        access: 'wider',
        witness: 'a call to the selected services from a caller that the policy does not name',
      });
    for (const { service, port } of selected) {
      if (mode !== undefined)
        modes.add(service, { mode, field: config.along('authn', 'tlsMode'), from: document.root });
      const inForce = entries.filter((entry) => entry.at('dryRun').boolean() !== true);
      if (inForce.length === 0) continue;
      const own = guarded.get(serviceId(service)) ?? { rules: [], from: [] };
      guarded.set(serviceId(service), own);
      own.from.push(document.root);
      own.rules.push(...inForce.flatMap((entry) => readEntry(entry, service, port, home) ?? []));
    }
    for (const entry of entries)
      if (entry.at('dryRun').value === true)
        entry.withoutEffect('the rule is a dry run, which decides nothing');
  }
  const accesses = [...guarded].map(([id, { rules, from }]): ReadDocument => {
    const [namespace = '', service = ''] = id.split('/');
    return {
      kind: 'Access',
      namespace,
      name: service,
      spec: { service, ...(rules.length > 0 && { rules }) },
      from,
      beside: id,
    };
  });
  return [...modes.documents(), ...accesses];
}

function selectedServices(spec: Field, context: ReadContext): readonly Selected[] {
  const { inventory } = context;
  const destinations = spec.at('applyToDestinations');
  const workloads = spec.at('applyToWorkloads');
  if (!destinations.isPresent && !workloads.isPresent)
    return inventory.services.map((service) => ({ service }));
  const byDestination = destinations.items().flatMap((item): readonly Selected[] => {
    const kind = item.at('kind').text() ?? 'SERVICE';
    const port = item.along('port', 'number').port();
    if (kind !== 'SERVICE' || item.along('port', 'name').isPresent) {
      item.lost({ callers: 'Services are selected by their names and port numbers', access: 'wider' });
      return [];
    }
    const found = inventory.services.filter((service) =>
      isSelected(item.at('selector'), service, labelsOf(service)),
    );
    return found.map((service) => ({ service, port }));
  });
  const byWorkload = workloads.items().flatMap((item): readonly Selected[] => {
    const selector = item.at('selector');
    return inventory.services
      .filter((service) => isSelected(selector, service, service.selector))
      .map((service) => ({ service }));
  });
  return [...byDestination, ...byWorkload];
}

/** Returns the labels of the Service object. */
function labelsOf({ from }: KnownService): Readonly<Record<string, string>> {
  const { value } = from[0]?.along('metadata', 'labels') ?? {};
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, string>>) : {};
}

function isSelected(
  selector: Field,
  { namespace, name }: KnownService,
  labels: Readonly<Record<string, string>>,
): boolean {
  const wanted = selector.at('labels').labels() ?? {};
  const [own, home] = [selector.at('name').text(), selector.at('namespace').text()];
  for (const key of ['cluster', 'workspace'])
    selector
      .at(key)
      .differently({ callers: 'services of all clusters and workspaces of the input are selected' });
  return (
    (own === undefined || own === name) &&
    (home === undefined || home === namespace) &&
    Object.entries(wanted).every(([key, value]) => labels[key] === value)
  );
}

function readEntry(
  entry: Field,
  service: KnownService,
  port: number | undefined,
  home: readonly string[] | undefined,
): AccessRule | undefined {
  // Gloo writes an entry of nothing for a policy that lets nobody in.
  if (entry.entries().length === 0) return undefined;
  const addresses = ['allowedIpBlocks', 'allowedRemoteIpBlocks'].map((key) => entry.at(key));
  for (const field of addresses) field.lost(refused('callers inside the mesh have no addresses'));
  const from = readClients(entry.at('allowedClients'), home);
  const requests = readRequests(entry);
  const hasAddresses = addresses.some(({ isPresent }) => isPresent);
  if (from === undefined || requests === undefined || hasAddresses) return undefined;
  const names = portsOf(service, port, Object.keys(requests).length > 0);
  if (names?.length === 0) return undefined;
  const to: AccessTo = { ...(names && { ports: names }), ...requests };
  return { allow: { from, ...(Object.keys(to).length > 0 && { to: [to] }) } };
}

/** Returns the conditions on requests; undefined if the language can't say one of them. */
function readRequests(entry: Field): Omit<AccessTo, 'ports'> | undefined {
  const methods = readTexts(entry.at('allowedMethods'), (text) =>
    isToken(text) && !text.includes('*') ? text : undefined,
  );
  const paths = readTexts(entry.at('allowedPaths'), pathOf);
  const headers = readHeaders(entry.along('match', 'request', 'headers'));
  if (methods === undefined || paths === undefined || headers === undefined) return undefined;
  return {
    ...(methods.length > 0 && { methods }),
    ...(paths.length > 0 && { paths }),
    ...(Object.keys(headers).length > 0 && { headers }),
  };
}

/** Returns the ports of a rule, undefined for all: a condition on requests fits no connection of a stream. */
function portsOf(
  { ports }: KnownService,
  port: number | undefined,
  asksRequests: boolean,
): readonly string[] | undefined {
  const isMeant = (one: KnownPort): boolean =>
    (port === undefined || one.port === port || one.targetPort === port) &&
    (!asksRequests || ['http', 'http2', 'grpc'].includes(one.protocol));
  const names = ports.filter(isMeant).map(({ name }) => name);
  return names.length === ports.length && port === undefined ? undefined : names;
}

/** Returns the callers of a rule: anybody if it names none; undefined if the language can name none of them. */
function readClients(list: Field, home: readonly string[] | undefined): readonly Principal[] | undefined {
  const items = list.items();
  if (items.length === 0) return list.isPresent ? undefined : [{ anyone: true }];
  const from = items.flatMap((item): readonly Principal[] => {
    const selector = item.at('serviceAccountSelector');
    const others = ['externalWorkloadSelector', 'requestIdentityMatcher'].map((key) => item.at(key));
    for (const other of others) other.lost(refused('the language names callers by their accounts alone'));
    if (!selector.isPresent || others.some(({ isPresent }) => isPresent)) return [];
    const [name, namespace] = [selector.at('name').text(), selector.at('namespace').text()];
    for (const key of ['labels', 'workspace', 'cluster']) {
      const field = selector.at(key);
      if (field.isPresent && key !== 'cluster')
        field.lost(refused('labels of accounts and workspaces are not known'));
      else if (field.value !== '*')
        field.differently({ callers: 'accounts of this name in all clusters are meant' });
    }
    if (selector.at('labels').isPresent || selector.at('workspace').isPresent) return [];
    if (name === undefined) return accountsOf(namespace, home);
    if (namespace !== undefined) return [{ serviceAccount: `${namespace}/${name}` }];
    selector.lost(refused('an account of this name in any namespace has no form in the language'));
    return [];
  });
  return from.length === 0 ? undefined : from;
}

/** Returns all accounts of a namespace, or of the namespaces of the workspace. */
function accountsOf(
  namespace: string | undefined,
  home: readonly string[] | undefined,
): readonly Principal[] {
  if (namespace !== undefined) return [{ namespace }];
  return home?.map((one) => ({ namespace: one })) ?? [{ authenticated: true }];
}

/** Returns what the texts of a list say; undefined if the language can't say any of them. */
function readTexts<T>(list: Field, read: (text: string) => T | undefined): readonly T[] | undefined {
  const items = list.items();
  const said = items.flatMap((item) => {
    const one = read(item.text() ?? '');
    if (one === undefined) item.lost(refused('the language has no such condition'));
    return one === undefined ? [] : [one];
  });
  return said.length === 0 && items.length > 0 ? undefined : said;
}

function pathOf(text: string): PathMatch | undefined {
  if (text.endsWith('*') && isPath(text.slice(0, -1))) return { startsWith: text.slice(0, -1) };
  if (text.startsWith('*') && text.length > 1 && !text.endsWith('*'))
    return { regex: `.*${quoteRegex(text.slice(1))}` };
  return isPath(text) && !text.includes('*') ? { exact: text } : undefined;
}

function readHeaders(map: Field): Readonly<Record<string, HeaderMatch>> | undefined {
  const headers: Record<string, HeaderMatch> = {};
  for (const [name, condition] of map.entries()) {
    const values = condition.at('values').texts() ?? [];
    const [only] = values;
    const isOne = values.length === 1 && only !== undefined && !only.includes('*') && isHeaderValue(only);
    if (!isOne || condition.at('notValues').isPresent || !isMatchableHeader(name)) {
      condition.lost(refused('the language has no such condition on a header'));
      return undefined;
    }
    headers[name.toLowerCase()] = { exact: only };
  }
  return headers;
}
