import { dnsLabel } from '../../../import/dns-label.ts';
import type { Field } from '../../../import/field.ts';
import type { NativeDocument } from '../../../import/native-document.ts';
import type { ReadDocument } from '../../../import/read-document.ts';
import type { ReadContext } from '../../../import/reader.ts';
import type { Listener } from '../../../spec/types.gen.ts';

/** Reads a VirtualGateway; returns undefined, with an error, for one without listeners. */
export function readVirtualGateway(document: NativeDocument, context: ReadContext): ReadDocument | undefined {
  const { root } = document;
  const spec = root.at('spec');
  const namespace = context.namespaceOf(document);
  const name = dnsLabel(document.name);
  const listeners: Record<string, Listener> = {};
  for (const item of spec.at('listeners').items()) {
    const listener = readListener(item, namespace);
    if (listener !== undefined) listeners[`${listener.protocol}-${String(listener.port)}`] = listener;
  }
  const workload = readWorkloads(spec.at('workloads'));
  if (name === undefined || Object.keys(listeners).length === 0) {
    context.refuse(document, 'it has no name or no listener that the language has a form for');
    return undefined;
  }
  return {
    kind: 'Gateway',
    namespace,
    name,
    spec: { ...(workload && { workload }), listeners },
    from: [root],
  };
}

/** A field of the betas of the API, which the API server drops today. */
const unknown = 'the API has no such field, and drops it';

function readWorkloads(list: Field) {
  const [first, ...others] = list.items();
  for (const other of others) other.lost({ callers: 'a Gateway has pods of one kind: write one for each' });
  if (first === undefined) return undefined;
  first.at('kind').text();
  first.at('port').withoutEffect('the listeners say the ports');
  const selector = first.at('selector');
  for (const key of ['cluster', 'workspace', 'name', 'namespace'])
    selector
      .at(key)
      .differently({ callers: 'the pods are known by their labels, in the namespace of the Gateway' });
  if (selector.isPresent)
    for (const [key, field] of selector.entries())
      if (!['cluster', 'labels', 'name', 'namespace', 'workspace'].includes(key))
        field.withoutEffect(unknown);
  const labels = selector.at('labels').labels();
  return labels === undefined || Object.keys(labels).length === 0 ? undefined : { labels };
}

function readListener(item: Field, namespace: string): Listener | undefined {
  item.entries();
  const port = item.along('port', 'number').port();
  item.along('port', 'name').withoutEffect('routes name the gateway, not its ports');
  item.along('port', 'protocol').withoutEffect(unknown);
  const tls = item.at('tls');
  tls.at('tlsMode').withoutEffect(unknown);
  const redirects = item.at('httpsRedirect').boolean() === true;
  for (const key of ['http', 'tcp']) {
    const field = item.at(key);
    if (field.isPresent)
      for (const [, one] of field.entries())
        one.lost({ callers: 'a setting of the listener itself is not carried' });
  }
  for (const key of ['allowedRouteTables', 'exposedExternalServices'])
    item.at(key).differently({ callers: 'a Route says the gateway; which namespaces may is not said' });
  item.at('appProtocol').text();
  if (port === undefined) {
    item.lost({ callers: 'nothing enters by a listener without a number' });
    return undefined;
  }
  if (tls.isPresent) return secured(item, port, namespace);
  if (item.at('tcp').isPresent) return { port, protocol: 'tcp' };
  return { port, protocol: 'http', ...(redirects && { httpsRedirect: true }) };
}

function secured(item: Field, port: number, namespace: string): Listener | undefined {
  const tls = item.at('tls');
  const mode = tls.at('mode').text() ?? 'SIMPLE';
  if (mode === 'PASSTHROUGH') return { port, protocol: 'tls' };
  const secret = dnsLabel(tls.at('secretName').text() ?? '');
  for (const key of ['parameters', 'verifySubjectAltName'])
    tls.at(key).lost({ callers: 'versions of TLS and ciphers are those of the platform' });
  if (mode !== 'SIMPLE' || secret === undefined) {
    item.lost({
      callers: 'nothing enters by this listener: the language has no such TLS, or no Secret is named',
    });
    return undefined;
  }
  return { port, protocol: 'https', tls: { certificate: { secret: `${namespace}/${secret}` } } };
}
