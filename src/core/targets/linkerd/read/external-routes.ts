import { defined, unlessEmpty } from '../../../import/defined.ts';
import { dnsLabel } from '../../../import/dns-label.ts';
import type { Field } from '../../../import/field.ts';
import type { NativeDocument } from '../../../import/native-document.ts';
import type { ReadDocument } from '../../../import/read-document.ts';
import type { ReadContext } from '../../../import/reader.ts';
import { isHostPattern } from '../../../import/written-values.ts';
import type { CallSettings } from './retry-annotations.ts';

/** A route of an EgressNetwork: hosts at a port, for the callers of a namespace. */
interface Way {
  readonly document: NativeDocument;
  readonly namespace: string;
  readonly hosts: readonly string[];
  readonly port: number;
  readonly protocol: 'http' | 'tls' | 'tcp';
  readonly isOpen: boolean;
  readonly settings: CallSettings;
}

/** Reads the routes of EgressNetworks. Routes to the same hosts at the same port are one External, for the callers of all. */
export function readExternals(
  documents: readonly NativeDocument[],
  settingsOf: (document: NativeDocument) => CallSettings,
  context: ReadContext,
): readonly ReadDocument[] {
  const ways = documents.flatMap((one) => readWay(one, settingsOf(one), context));
  const open = ways.filter(({ isOpen }) => isOpen);
  const namespaces = new Set(context.inventory.services.map(({ namespace }) => namespace));
  const groups = Map.groupBy(open, groupOf);
  for (const { document, isOpen } of ways)
    if (!isOpen)
      document.root.at('spec').differently({
        callers: 'calls from this namespace to these hosts find an unknown host',
      });
  const closed = Map.groupBy(
    ways.filter((way) => !way.isOpen && !groups.has(groupOf(way))),
    groupOf,
  );
  return [
    ...[...closed.values()].map((own) => externalOf(own, [nobody])),
    ...[...groups.values()].map((own) => withCallers(own, namespaces)),
  ];
}

/** A namespace that nobody is in. */
const nobody = 'mesh-import-nobody';

function groupOf({ document, hosts, port }: Way): string {
  const named = originOf(document);
  return named === undefined ? JSON.stringify([hosts, port]) : `${named.id} ${named.port}`;
}

function withCallers(own: readonly Way[], namespaces: ReadonlySet<string>): ReadDocument {
  const callers = [...new Set(own.map(({ namespace }) => namespace))].sort();
  const isForAll = [...namespaces].every((one) => callers.includes(one));
  return externalOf(own, isForAll ? [] : callers);
}

function externalOf(ways: readonly Way[], callers: readonly string[]): ReadDocument {
  const [first] = ways;
  if (first === undefined) throw new Error('a group has a way');
  const { document, hosts, port, protocol, settings } = first;
  const named = originOf(document);
  const [namespace, name] = named?.id.split('/') ?? [
    first.namespace,
    dnsLabel(hosts[0] ?? '') ?? document.name,
  ];
  return {
    kind: 'External',
    namespace: namespace ?? first.namespace,
    name: name ?? document.name,
    spec: {
      hosts,
      ports: { [named?.port ?? (protocol === 'http' ? 'http' : protocol)]: { port, protocol } },
      ...(callers.length > 0 && { from: callers.map((one) => ({ namespace: one })) }),
      ...defined({ timeout: settings.timeout, retries: settings.retries }),
    },
    from: ways.map((way) => way.document.root),
  };
}

/** Returns the External and the port that a route of this tool's own output names. */
function originOf({
  root,
  name,
}: NativeDocument): { readonly id: string; readonly port: string } | undefined {
  const origin = root.along('metadata', 'annotations', 'meshwright.dev/origin').value;
  const [, id] = typeof origin === 'string' ? (/^External\/([^/]+\/[^/]+)$/.exec(origin) ?? []) : [];
  const parts = name.split('.');
  const port = parts[parts.indexOf('external') - 1];
  return id === undefined || port === undefined ? undefined : { id, port };
}

const protocols: Readonly<Record<string, Way['protocol']>> = {
  HTTPRoute: 'http',
  GRPCRoute: 'http',
  TLSRoute: 'tls',
  TCPRoute: 'tcp',
};

function readWay(document: NativeDocument, settings: CallSettings, context: ReadContext): readonly Way[] {
  const { root, kind } = document;
  const spec = root.at('spec');
  const protocol = protocols[kind] ?? 'tcp';
  const hosts = spec
    .at('hostnames')
    .items()
    .map((item) => (item.text() ?? '').toLowerCase())
    .filter(isHostPattern);
  const ports = spec.at('parentRefs').items().flatMap(readParent);
  const isOpen = readRules(spec.at('rules'));
  if (unlessEmpty(hosts) === undefined || protocol === 'tcp') {
    spec.lost({
      callers: 'the route names no host: calls to these addresses are unknown hosts in the spec',
      access: 'narrower',
    });
    return [];
  }
  const namespace = context.namespaceOf(document);
  return ports.map((port) => ({ document, namespace, hosts, port, protocol, isOpen, settings }));
}

function readParent(ref: Field): readonly number[] {
  for (const name of ['group', 'kind', 'name', 'namespace', 'sectionName']) ref.at(name).text();
  return [ref.at('port').port() ?? 443];
}

/** Returns true if calls go on to the host: a rule without a backend, or with the network as the backend. */
function readRules(list: Field): boolean {
  const rules = list.items();
  let isOpen = rules.length === 0;
  for (const rule of rules) {
    const refs = rule.at('backendRefs').items();
    for (const ref of refs) {
      for (const name of ['group', 'name', 'namespace']) ref.at(name).text();
      ref.at('port').number();
      ref.at('weight').number();
    }
    const isOn = refs.length === 0 || refs.some((ref) => ref.at('kind').text() === 'EgressNetwork');
    if (isOn) isOpen = true;
    readConditions(rule, isOn);
  }
  return isOpen;
}

function readConditions(rule: Field, isOn: boolean): void {
  rule.at('name').withoutEffect('names of rules stand in statuses alone');
  for (const match of rule.at('matches').items()) {
    const path = match.at('path');
    const isAny = path.at('type').value === 'PathPrefix' && path.at('value').value === '/';
    if (isAny && Object.keys(match.value ?? {}).length === 1) {
      path.at('type').text();
      path.at('value').text();
    } else
      match.differently({
        callers: 'every request to these hosts passes',
        ...(isOn ? ({ access: 'wider', witness: 'a request with another path or method' } as const) : {}),
      });
  }
  for (const name of ['filters', 'timeouts'])
    rule.at(name).lost({ callers: 'requests to the host are passed on as they are' });
}
