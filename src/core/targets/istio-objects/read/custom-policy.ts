import { defined } from '../../../import/defined.ts';
import { dnsLabel } from '../../../import/dns-label.ts';
import { durationText } from '../../../import/duration-text.ts';
import { readHeader } from '../../../import/kubernetes/metadata.ts';
import type { NativeDocument } from '../../../import/native-document.ts';
import type { ReadDocument } from '../../../import/read-document.ts';
import { isSameJson } from '../../../lib/is-same-json.ts';
import type { Json } from '../../../lib/json.ts';
import type { AccessTo, DenyRule, ExternalAuthorization } from '../../../spec/types.gen.ts';
import { type GuardedPort, readRules } from './access-rules.ts';
import { askedService, sizeText } from './asked-service.ts';
import type { PortNames } from './operation.ts';
import { definitionsOf, type ProviderFields, providerFields } from './provider-definitions.ts';
import type { RuleContext } from './rule-context.ts';
import { isHttpPort, type Surroundings } from './surroundings.ts';
import { readScope, type Scope } from './workload-scope.ts';

/** Returns true for a policy that asks a service of the mesh about requests, which an annotation of the policy defines. */
export function asksKnownService(document: NativeDocument, surroundings: Surroundings): boolean {
  const { root } = document;
  const isDryRun = root.along('metadata', 'annotations', 'istio.io/dry-run').value !== undefined;
  return (
    root.at('spec').at('action').value === 'CUSTOM' &&
    !isDryRun &&
    providerOf(document, surroundings) !== undefined
  );
}

/** Reads a policy that asks a service about requests: `externalAuthorization` of an Authentication. */
export function readCustomPolicy(
  document: NativeDocument,
  surroundings: Surroundings,
): readonly ReadDocument[] {
  readHeader(document);
  const namespace = surroundings.context.namespaceOf(document);
  const spec = document.root.at('spec');
  const provider = providerOf(document, surroundings);
  for (const field of [spec.at('action'), spec.along('provider', 'name')]) field.text();
  const scope = readScope(spec, namespace, surroundings, 'wider');
  const places = placesOf(scope, surroundings);
  if (scope.partly.length > 0)
    spec
      .at('selector')
      .differently({ callers: 'the service is asked about requests to all pods', access: 'narrower' });
  if (places.length === 0)
    spec
      .at('rules')
      .lost({ callers: 'no Service of the input has these pods, so nobody is asked', access: 'wider' });
  if (!spec.at('rules').isPresent) spec.withoutEffect('without a rule nobody is asked');
  return places.flatMap(({ key, id, isGateway, ports, names }): readonly ReadDocument[] => {
    // As in a deny, a condition that can't be said is left out: the service is asked about more requests.
    const context: RuleContext = {
      namespace,
      action: 'DENY',
      isAtGateway: isGateway,
      surroundings,
      issuers: new Set(),
      at: key,
    };
    const { rules = [] } = readRules(spec.at('rules').items(), context, names, ports);
    const http = ports.filter(({ isHttp }) => isHttp).map(({ name }) => name);
    const denies = rules.flatMap(({ deny }) =>
      deny === undefined || isOfStreams(deny.to, http) ? [] : [deny],
    );
    if (denies.length === 0) return [];
    const asked = requestsOf(denies, http);
    if (asked === undefined)
      spec
        .at('rules')
        .differently({ callers: 'the service is asked about all requests', access: 'narrower' });
    const [home = namespace, name = ''] = id.split('/');
    const place = isGateway ? { gateways: [id] } : { services: [name] };
    return [
      {
        kind: 'Authentication',
        namespace: isGateway ? namespace : home,
        name: dnsLabel(places.length > 1 ? `${document.name}-${name}` : document.name) ?? 'authorizer',
        spec: { ...place, externalAuthorization: { ...provider, ...asked } as ExternalAuthorization },
        from: [document.root],
        ...(!isGateway && { beside: id }),
      },
    ];
  });
}

/** A service or a gateway at which a service is asked. */
interface AskingPlace {
  readonly key: string;
  readonly id: string;
  readonly isGateway: boolean;
  readonly ports: readonly GuardedPort[];
  readonly names: PortNames;
}

function placesOf(scope: Scope, surroundings: Surroundings): readonly AskingPlace[] {
  return [
    ...scope.services.map((id) => {
      const ports = surroundings.context.inventory.service(id)?.ports ?? [];
      const names: PortNames = (port) =>
        ports.filter((one) => one.targetPort === port).map(({ name }) => name);
      const guarded = ports.map((port) => ({ name: port.name, isHttp: isHttpPort(port) }));
      return { key: id, id, isGateway: false, ports: guarded, names };
    }),
    ...scope.gateways.map(({ id, listeners }) => {
      const names: PortNames = (port) => listeners.filter((one) => one.port === port).map(({ name }) => name);
      return { key: `gateway ${id}`, id, isGateway: true, ports: listeners, names };
    }),
  ];
}

/** Returns the requests that rules are about; undefined if an Authentication can't say them. */
function requestsOf(
  rules: readonly DenyRule[],
  http: readonly string[],
): Pick<ExternalAuthorization, 'to' | 'except'> | undefined {
  const except = rules[0]?.except;
  const isSame = rules.every((one) => isSameJson((one.except ?? null) as Json, (except ?? null) as Json));
  if (!isSame || rules.some(({ from, when }) => from !== undefined || when !== undefined)) return undefined;
  const to = rules.flatMap((one) => (one.to ?? [{}]).map((entry) => withoutPorts(entry, http)));
  const isAll = to.some((entry) => Object.keys(entry).length === 0);
  return defined({ to: isAll ? undefined : to, except });
}

/** Nobody is asked about connections of a stream. */
function isOfStreams(to: readonly AccessTo[] | undefined, http: readonly string[]): boolean {
  return to?.every(({ ports }) => ports?.every((name) => !http.includes(name)) === true) === true;
}

function withoutPorts(entry: AccessTo, http: readonly string[]): AccessTo {
  const { ports, ...rest } = entry;
  return ports !== undefined && http.every((name) => ports.includes(name)) ? rest : entry;
}

/** Returns the service that a provider asks, and how. */
function providerOf({ root }: NativeDocument, surroundings: Surroundings): ExternalAuthorization | undefined {
  const name = root.at('spec').along('provider', 'name').value;
  const definition = definitionsOf(root).get(String(name));
  const { envoyExtAuthzGrpc: grpc, envoyExtAuthzHttp: http } = definition ?? {};
  const settings = (grpc ?? http ?? {}) as ProviderFields;
  const asked = serviceOf(settings, surroundings);
  if (asked === undefined || !Object.keys(settings).every((one) => known.includes(one))) return undefined;
  const { includeRequestBodyInCheck: body, includeRequestHeadersInCheck: headers } = settings;
  const bytes = providerFields(body)?.['maxRequestBytes'];
  // A body that is too long is sent in part; the language knows no other way.
  if (body !== undefined && providerFields(body)?.['allowPartialMessage'] !== true) return undefined;
  const included = Array.isArray(headers) ? headers.filter((one) => one !== 'authorization').map(String) : [];
  return {
    ...asked,
    ...(grpc === undefined && { protocol: 'http' }),
    ...(settings['failOpen'] === true && { onError: 'allow' }),
    ...(typeof bytes === 'number' && { maxBody: sizeText(bytes) }),
    ...(included.length > 0 && { includeHeaders: included }),
  };
}

const known: readonly string[] = [
  'service',
  'port',
  'timeout',
  'failOpen',
  'statusOnError',
  'includeRequestBodyInCheck',
  'includeRequestHeadersInCheck',
];

/** Returns the asked service with its time; a request without an answer is refused with 403 in the language. */
function serviceOf(
  { service: host, port, timeout, statusOnError }: ProviderFields,
  surroundings: Surroundings,
): ExternalAuthorization | undefined {
  const service = typeof host === 'string' ? askedService(host, Number(port), surroundings) : undefined;
  const time = typeof timeout === 'string' ? durationText(timeout) : undefined;
  return service === undefined || time === undefined || statusOnError !== '403'
    ? undefined
    : { ...service, timeout: time };
}
