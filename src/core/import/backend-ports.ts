import { absoluteId } from '../spec/absolute-id.ts';
import type { Backend, RouteRule } from '../spec/types.gen.ts';
import type { ReadDocument } from './read-document.ts';

/** A port by its name, and whether it takes requests. */
interface Port {
  readonly name: string;
  readonly isHttp: boolean;
}

/**
 * Names the ports of backends and mirrors that have another name than the port at which the call comes in: without a name the
 * language takes the port of the same name. Only a service whose single port takes such calls gets one.
 */
export function withBackendPorts(documents: readonly ReadDocument[]): readonly ReadDocument[] {
  const ports = new Map<string, readonly Port[]>(
    documents.flatMap((document) =>
      document.kind === 'Service' || document.kind === 'External'
        ? [[`${document.namespace}/${document.name}`, portsOf(document)] as const]
        : [],
    ),
  );
  return documents.map((document): ReadDocument => {
    if (document.kind !== 'Route') return document;
    const { namespace, spec } = document;
    const entries =
      spec.service === undefined ? [] : entriesOf(ports.get(absoluteId(spec.service, namespace)), spec.ports);
    const isMeant = (one: Backend): boolean =>
      one.port === undefined && one.service !== undefined && one.service !== spec.service;
    const named = <T extends Backend>(one: T): T => {
      const [only, ...others] = isMeant(one)
        ? (ports.get(absoluteId(one.service ?? '', namespace)) ?? [])
        : [];
      const fits =
        only !== undefined && others.length === 0 && entries.every(({ isHttp }) => isHttp === only.isHttp);
      return fits && entries.some(({ name }) => name !== only.name) ? { ...one, port: only.name } : one;
    };
    return {
      ...document,
      spec: { ...spec, ...(spec.rules && { rules: spec.rules.map((rule) => ruleOf(rule, named)) }) },
    };
  });
}

function ruleOf(rule: RouteRule, named: <T extends Backend>(one: T) => T): RouteRule {
  return {
    ...rule,
    ...(rule.backends && { backends: rule.backends.map((one) => named(one)) }),
    ...(rule.mirror && { mirror: rule.mirror.map((one) => named(one)) }),
  };
}

function portsOf({ spec }: Extract<ReadDocument, { kind: 'Service' | 'External' }>): readonly Port[] {
  return Object.entries<{ readonly protocol?: string }>(spec.ports ?? {}).map(([name, { protocol }]) => ({
    name,
    isHttp: ['http', 'http2', 'grpc'].includes(protocol ?? name),
  }));
}

/** Returns the ports at which a Route takes calls: those it names, else those of requests, else all. */
function entriesOf(ports: readonly Port[] = [], asked: readonly string[] | undefined): readonly Port[] {
  if (asked !== undefined) return ports.filter(({ name }) => asked.includes(name));
  const ofRequests = ports.filter((port) => port.isHttp);
  return ofRequests.length > 0 ? ofRequests : ports;
}
