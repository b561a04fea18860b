import { defined } from '../../../import/defined.ts';
import { dnsLabel } from '../../../import/dns-label.ts';
import type { Field } from '../../../import/field.ts';
import { readHeader } from '../../../import/kubernetes/metadata.ts';
import type { NativeDocument } from '../../../import/native-document.ts';
import type { ReadDocument } from '../../../import/read-document.ts';
import type { ReadContext } from '../../../import/reader.ts';
import { isHostPattern } from '../../../import/written-values.ts';
import type { Listener } from '../../../spec/types.gen.ts';

/** A Gateway as routes refer to it. */
export interface KnownGateway {
  /** `namespace/name`. */
  readonly id: string;
  readonly className: string;
  /** By the native names of listeners. */
  readonly listeners: ReadonlyMap<string, KnownListener>;
}

/** A listener as routes refer to it. */
export interface KnownListener {
  /** The name in the language. */
  readonly name: string;
  readonly port: number;
  readonly protocol: Listener['protocol'];
  /** The namespaces whose routes it takes, as far as the reader knows them. */
  readonly admits: 'all' | readonly string[];
}

/** A Gateway with its document. */
export interface ReadGateway {
  readonly known: KnownGateway;
  readonly document: ReadDocument;
}

/** The class of proxies inside the mesh, which is no entrance. */
const waypoint = /waypoint$/;

/** Reads a Gateway of gateway.networking.k8s.io. Returns undefined, with an error, for one without listeners. */
export function readGateway(document: NativeDocument, context: ReadContext): ReadGateway | undefined {
  const { root } = document;
  const namespace = context.namespaceOf(document);
  const spec = root.at('spec');
  const className = spec.at('gatewayClassName').text() ?? '';
  if (waypoint.test(className)) {
    readHeader(document);
    spec.withoutEffect('a proxy inside the mesh is set up by the target, not by the spec');
    return undefined;
  }
  const name = dnsLabel(document.name) ?? 'gateway';
  const listeners: Record<string, Listener> = {};
  const known = new Map<string, KnownListener>();
  for (const item of spec.at('listeners').items()) {
    const native = item.at('name').text() ?? '';
    const listener = readListener(item, namespace);
    if (listener === undefined) continue;
    const label = dnsLabel(native) ?? listener.protocol;
    const key = /^[a-z]/.test(label) ? label : `${listener.protocol}-${label}`;
    listeners[key] = listener;
    const { port, protocol } = listener;
    known.set(native, { name: key, port, protocol, admits: readAdmitted(item, namespace) });
  }
  if (known.size === 0) {
    context.refuse(document, 'it has no listener that the language has a form for');
    return undefined;
  }
  readHeader(document);
  spec.at('addresses').withoutEffect('the address of the gateway is the business of its controller');
  spec.at('infrastructure').withoutEffect('the pods of the gateway are the business of its controller');
  spec.at('allowedListeners').lost({ callers: 'listeners of other objects are not added' });
  spec.along('tls', 'backend').lost({ callers: 'the gateway has no certificate of its own for backends' });
  spec.along('tls', 'frontend').lost({
    callers: 'clients need no certificate: write clientCertificates',
    access: 'wider',
  });
  const owner = 'gateway.networking.k8s.io/gateway-name';
  const pods = context.inventory.workloads.find(
    (one) => one.namespace === namespace && one.labels[owner] === name,
  );
  const account = pods?.serviceAccount ?? dnsLabel(`${name}-${className}`) ?? name;
  const content: ReadDocument = {
    kind: 'Gateway',
    namespace,
    name,
    spec: {
      workload: { labels: { [owner]: name }, serviceAccount: account },
      listeners,
    },
    from: [root],
  };
  return { known: { id: `${namespace}/${name}`, className, listeners: known }, document: content };
}

function readListener(item: Field, namespace: string): Listener | undefined {
  const port = item.at('port').port();
  const word = item.at('protocol').text() ?? '';
  const hostField = item.at('hostname');
  const hostname = hostField.text()?.toLowerCase();
  const tls = item.at('tls');
  const mode = tls.at('mode').text() ?? 'Terminate';
  const protocol = protocolOf(word, mode);
  if (port === undefined || protocol === undefined) {
    item.lost({ callers: `nothing enters by this listener: the language has no ${word}` });
    return undefined;
  }
  if (hostname !== undefined && !isHostPattern(hostname)) {
    item.lost({ callers: 'nothing enters by this listener: its host is no name' });
    return undefined;
  }
  const hostnames = hostname === undefined || hostname === '' ? undefined : [hostname];
  if (protocol !== 'https') return { port, protocol, ...defined({ hostnames }) };
  const secret = readCertificate(tls, namespace);
  if (secret === undefined) {
    item.lost({ callers: 'nothing enters by this listener: it names no Secret with a certificate' });
    return undefined;
  }
  return { port, protocol, ...defined({ hostnames }), tls: { certificate: { secret } } };
}

function protocolOf(word: string, mode: string): Listener['protocol'] | undefined {
  if (word === 'HTTP') return 'http';
  if (word === 'HTTPS') return 'https';
  if (word === 'TLS') return mode === 'Passthrough' ? 'tls' : 'https';
  return word === 'TCP' ? 'tcp' : undefined;
}

/** Reads the namespaces whose routes a listener takes: its own unless it says more. */
function readAdmitted(item: Field, namespace: string): KnownListener['admits'] {
  const allowed = item.at('allowedRoutes');
  for (const kind of allowed.at('kinds').items())
    kind.differently({ callers: 'a route of another kind may hold at this listener, too' });
  const namespaces = allowed.at('namespaces');
  const from = namespaces.at('from').text() ?? 'Same';
  const selector = namespaces.at('selector');
  if (from === 'All') return 'all';
  if (from !== 'Selector') return from === 'Same' ? [namespace] : [];
  const named = selector.at('matchLabels').labels() ?? {};
  const { 'kubernetes.io/metadata.name': name, ...others } = named;
  if (name !== undefined && Object.keys(others).length === 0 && !selector.at('matchExpressions').isPresent)
    return [name];
  selector.differently({
    callers: 'labels of namespaces are not known, so that routes of no namespace hold at this listener',
    access: 'narrower',
  });
  return [];
}

function readCertificate(tls: Field, namespace: string): string | undefined {
  tls.at('options').lost({ callers: 'options of the controller do not hold' });
  tls.at('frontendValidation').lost({
    callers: 'clients need no certificate: write clientCertificates',
    access: 'wider',
  });
  const [first, ...others] = tls.at('certificateRefs').items();
  for (const other of others) other.lost({ callers: 'a listener shows one certificate' });
  if (first === undefined) return undefined;
  first.at('group').text();
  if ((first.at('kind').text() ?? 'Secret') !== 'Secret') return undefined;
  const name = first.at('name').text();
  const own = first.at('namespace').text() ?? namespace;
  return name !== undefined && dnsLabel(name) === name ? `${own}/${name}` : undefined;
}
