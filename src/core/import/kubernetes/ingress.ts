import type { PathMatch, RouteRule } from '../../spec/types.gen.ts';
import { dnsLabel } from '../dns-label.ts';
import type { Field } from '../field.ts';
import type { NativeDocument } from '../native-document.ts';
import type { ReadDocument } from '../read-document.ts';
import type { ReadContext } from '../reader.ts';
import { readHeader } from './metadata.ts';

/** The namespace of Gateways that are written for the classes of Ingresses. */
const gatewayNamespace = 'ingress';

interface HostRule {
  /** Ingress: exact paths first, then the longest. */
  readonly rank: number;
  readonly rule: RouteRule;
}

interface HostParts {
  readonly name: string;
  readonly namespace: string;
  readonly from: Field[];
  readonly rules: HostRule[];
}

interface ClassParts {
  /** The rule of the default backend, which takes what no path of a host takes. */
  fallback?: RouteRule;
  readonly fields: Field[];
  readonly hosts: Map<string, HostParts>;
  readonly certificates: Map<string, { readonly secret: string; readonly hostnames: string[] }>;
}

/**
 * Reads Ingresses (networking.k8s.io/v1): a Gateway for each class, and a Route for each host, since all Ingresses of a
 * class share one list of hosts and paths.
 */
export function readIngresses(
  documents: readonly NativeDocument[],
  context: ReadContext,
): readonly ReadDocument[] {
  const classes = new Map<string, ClassParts>();
  for (const document of documents) readIngress(document, classes, context);
  return [...classes].sort(byKey).flatMap(([name, parts]) => classDocuments(name, parts));
}

function readIngress(document: NativeDocument, classes: Map<string, ClassParts>, context: ReadContext): void {
  const namespace = context.namespaceOf(document);
  const { root } = document;
  readHeader(document);
  readControllerAnnotations(root.along('metadata', 'annotations'));
  const spec = root.at('spec');
  const classField = spec.at('ingressClassName');
  const annotated = root.along('metadata', 'annotations', 'kubernetes.io/ingress.class');
  const className = dnsLabel(classField.text() ?? annotated.text() ?? '') ?? 'ingress';
  classField.differently({
    callers: 'the pods of the controller are unknown: the Gateway has guessed labels',
  });
  const parts: ClassParts = classes.get(className) ?? {
    fields: [],
    hosts: new Map(),
    certificates: new Map(),
  };
  classes.set(className, parts);
  parts.fields.push(root);
  readCertificates(spec.at('tls'), namespace, parts);
  const rule = (host: string, one: HostRule): void => {
    const name = dnsLabel(host === '' ? document.name : host.replace('*', 'any')) ?? 'ingress';
    const known: HostParts = parts.hosts.get(host) ?? { name, namespace, from: [], rules: [] };
    parts.hosts.set(host, known);
    if (!known.from.includes(root)) known.from.push(root);
    known.rules.push(one);
  };
  for (const entry of spec.at('rules').items()) {
    const host = readHost(entry.at('host'));
    if (host === undefined) {
      entry.lost({ callers: 'the host is no DNS name' });
      continue;
    }
    for (const path of entry.along('http', 'paths').items()) {
      const backend = readBackend(path.at('backend'), namespace, context);
      const match = readPath(path);
      if (backend !== undefined && match !== undefined)
        rule(host, { rank: rankOf(match), rule: { match: [{ path: match }], backends: [backend] } });
    }
  }
  const fallback = readBackend(spec.at('defaultBackend'), namespace, context);
  if (fallback === undefined) return;
  rule('', { rank: -1, rule: { backends: [fallback] } });
  parts.fallback ??= { backends: [fallback] };
}

function readControllerAnnotations(annotations: Field): void {
  if (typeof annotations.value !== 'object' || annotations.value === null) return;
  for (const [name, field] of annotations.entries())
    if (
      /\bingress\b.*\/|konghq|haproxy|traefik|alb\.|nginx\./.test(name) &&
      name !== 'kubernetes.io/ingress.class'
    )
      field.lost({ callers: 'what the controller does by this annotation is not in the Route' });
}

function readHost(field: Field): string | undefined {
  const host = field.text() ?? '';
  return host === '' || /^(?:\*\.)?[a-z0-9](?:[-a-z0-9.]*[a-z0-9])?$/.test(host) ? host : undefined;
}

function readPath(field: Field): PathMatch | undefined {
  const type = field.at('pathType').text() ?? 'ImplementationSpecific';
  const path = field.at('path').text() ?? '/';
  if (!/^\/[^?#\s]*$/.test(path)) {
    field.lost({ callers: 'this is no path, so nothing reaches the backend by it' });
    return undefined;
  }
  if (type === 'Exact') return { exact: path };
  if (type !== 'Prefix')
    field.at('pathType').differently({
      callers: 'the path is taken as a prefix by path elements; the controller may do otherwise',
    });
  return { prefix: path };
}

function rankOf(path: PathMatch): number {
  const text = path.exact ?? path.prefix ?? '';
  return text.length * 2 + (path.exact === undefined ? 0 : 1);
}

function readBackend(
  field: Field,
  namespace: string,
  { inventory, guess }: ReadContext,
): { readonly service: string; readonly port?: string } | undefined {
  if (!field.isPresent) return undefined;
  const resource = field.at('resource');
  if (resource.isPresent) {
    field.lost({ callers: 'a backend that is no Service gets no calls' });
    return undefined;
  }
  const service = field.along('service', 'name').text();
  if (service === undefined) {
    field.lost({ callers: 'a backend without a Service gets no calls' });
    return undefined;
  }
  const port = field.along('service', 'port');
  const [portName, number] = [port.at('name').text(), port.at('number').port()];
  const id = `${namespace}/${service}`;
  const known = inventory.service(id);
  if (known === undefined) {
    const guessed = guess(
      id,
      { protocol: 'http', ...(number === undefined ? {} : { port: number }) },
      field.along('service', 'name'),
    );
    return { service: id, ...(guessed === undefined ? {} : { port: guessed }) };
  }
  const found = known.ports.find(({ nativeName, port: own }) => nativeName === portName || own === number);
  if (found === undefined)
    port.lost({ callers: 'the Service has no such port; the port of the same protocol is used' });
  return { service: id, ...(found === undefined || known.ports.length === 1 ? {} : { port: found.name }) };
}

function readCertificates(list: Field, namespace: string, { certificates }: ClassParts): void {
  for (const entry of list.items()) {
    const secret = entry.at('secretName').text();
    const hostnames = (entry.at('hosts').texts() ?? []).filter((host) => readHostText(host));
    if (secret === undefined || dnsLabel(secret) !== secret) {
      entry.lost({
        callers: 'without a Secret the controller shows a certificate of its own, the Gateway none',
      });
      continue;
    }
    const key = `${namespace}/${secret}`;
    const taken = new Set([...certificates.values()].flatMap((one) => one.hostnames));
    const known = certificates.get(key) ?? { secret: key, hostnames: [] };
    certificates.set(key, known);
    for (const host of hostnames) if (!taken.has(host)) known.hostnames.push(host);
  }
}

function readHostText(host: string): boolean {
  return /^(?:\*\.)?[a-z0-9](?:[-a-z0-9.]*[a-z0-9])?$/.test(host);
}

function classDocuments(
  className: string,
  { fields, hosts, certificates, fallback }: ClassParts,
): readonly ReadDocument[] {
  const id = `${gatewayNamespace}/${className}`;
  const secure = [...certificates.values()].filter(
    ({ hostnames }, _index, all) => hostnames.length > 0 || all.length === 1,
  );
  const gateway: ReadDocument = {
    kind: 'Gateway',
    namespace: gatewayNamespace,
    name: className,
    spec: {
      listeners: {
        http: { port: 80, protocol: 'http' },
        ...Object.fromEntries(
          secure.map(({ secret, hostnames }) => [
            `https-${dnsLabel(secret) ?? 'tls'}`.slice(0, 63).replace(/-+$/, ''),
            {
              port: 443,
              protocol: 'https' as const,
              ...(hostnames.length > 0 ? { hostnames } : {}),
              tls: { certificate: { secret } },
            },
          ]),
        ),
      },
    },
    from: fields,
  };
  const routes = [...hosts].sort(byKey).map(
    ([host, { name, namespace, from, rules }]): ReadDocument => ({
      kind: 'Route',
      namespace,
      name,
      spec: {
        gateways: [id],
        ...(host === '' ? {} : { hostnames: [host] }),
        rules: [
          ...[...rules].sort((one, other) => other.rank - one.rank).map(({ rule }) => rule),
          ...(host === '' || fallback === undefined ? [] : [fallback]),
        ],
      },
      from,
    }),
  );
  return [gateway, ...routes];
}

function byKey([one]: readonly [string, unknown], [other]: readonly [string, unknown]): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
