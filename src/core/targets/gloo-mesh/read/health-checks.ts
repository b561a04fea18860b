import { defined } from '../../../import/defined.ts';
import type { Field } from '../../../import/field.ts';
import type { NativeDocument } from '../../../import/native-document.ts';
import type { ReadDocument } from '../../../import/read-document.ts';
import type { ReadContext } from '../../../import/reader.ts';
import { isPath } from '../../../import/written-values.ts';
import { isSameJson } from '../../../lib/is-same-json.ts';
import type { Json } from '../../../lib/json.ts';
import type { HealthCheck } from '../../../spec/types.gen.ts';
import { readDuration } from '../../istio-objects/read/http-settings.ts';
import { type AppliedService, readAppliedServices } from './applied-services.ts';

const unchecked = 'instances that fail the check still get calls: write a healthCheck of the Service';

/** Reads an ActiveHealthCheckPolicy: `healthCheck` of the services that it holds for. */
export function readHealthCheck(document: NativeDocument, context: ReadContext): readonly ReadDocument[] {
  const spec = document.root.at('spec');
  const namespace = context.namespaceOf(document);
  const field = spec.along('config', 'healthCheck');
  if (!spec.at('applyToDestinations').isPresent || !field.isPresent || field.at('altPort').isPresent) {
    spec.lost({ callers: unchecked });
    return [];
  }
  const services = readAppliedServices(spec.at('applyToDestinations'), namespace, context);
  const [first] = services;
  const check = first && readCheck(field, first);
  if (check === undefined) {
    field.lost({ callers: unchecked });
    return [];
  }
  return services.flatMap(({ id, service, ports }): readonly ReadDocument[] => {
    const [port] = ports;
    if (port === undefined) return [];
    if (service.ports.length > 1)
      spec.at('applyToDestinations').differently({
        callers: 'an instance that fails at the asked port gets no calls at its other ports',
      });
    const healthCheck = { ...(service.ports.length > 1 && { port: port.name }), ...check };
    const { namespace: home, name } = service;
    return [
      { kind: 'Service', namespace: home, name, spec: { healthCheck }, from: [document.root], beside: id },
    ];
  });
}

function readCheck(field: Field, place: AppliedService): HealthCheck | undefined {
  const [http, grpc, tcp] = ['httpHealthCheck', 'grpcHealthCheck', 'tcpHealthCheck'].map((name) =>
    field.at(name),
  );
  const interval = readDuration(field.at('interval'));
  const common = defined({
    interval,
    timeout: readDuration(field.at('timeout')),
    healthy: field.at('healthyThreshold').number(),
    unhealthy: field.at('unhealthyThreshold').number(),
  });
  readPace(field, interval);
  if (http?.isPresent === true) {
    const path = readRequest(http, place);
    return path === undefined ? undefined : { path, ...common };
  }
  if (grpc?.isPresent === true) {
    grpc.entries();
    readHost(grpc.at('authority'), place);
    grpc.at('serviceName').lost({ callers: 'the health of the whole server is asked for' });
    grpc.at('initialMetadata').lost({ callers: 'the question has no headers of its own' });
    return { grpc: true, ...common };
  }
  if (tcp?.isPresent !== true) return undefined;
  tcp.entries();
  for (const name of ['send', 'receive']) tcp.at(name).lost({ callers: 'a connection that opens is enough' });
  return common;
}

/** Fields about how often checks are made that the language has no word for. */
function readPace(field: Field, interval: string | undefined): void {
  for (const name of ['noTrafficInterval', 'noTrafficHealthyInterval']) {
    const pace = field.at(name);
    if (pace.isPresent && readDuration(pace) !== interval)
      pace.differently({ callers: 'instances are asked as often while there are no calls' });
  }
  for (const name of ['initialJitter', 'intervalJitter', 'intervalJitterPercent'])
    field.at(name).withoutEffect('checks of several callers are spread by chance');
  field.at('reuseConnection').withoutEffect('a check of the same instance has the same result');
  for (const name of ['unhealthyInterval', 'unhealthyEdgeInterval', 'healthyEdgeInterval'])
    field.at(name).lost({ callers: 'instances are asked at the same interval, whatever the last answer' });
  for (const name of ['eventLogPath', 'alwaysLogHealthCheckFailures'])
    field.at(name).withoutEffect('logs of checks change nothing for callers');
}

const passing = [{ start: 200, end: 400 }];
const failing = [
  { start: 100, end: 200 },
  { start: 400, end: 600 },
];

/** Reads a check by a request: its path. */
function readRequest(http: Field, place: AppliedService): string | undefined {
  const path = http.at('path').text();
  readHost(http.at('host'), place);
  ranges(http, 'expectedStatuses', passing, 'an answer from 200 to 399 passes');
  ranges(http, 'retriableStatuses', failing, 'an answer that fails counts as one failure of several');
  const codec = http.at('codecClientType');
  const wanted = place.ports[0]?.protocol === 'http' ? 'HTTP1' : 'HTTP2';
  if ((codec.text() ?? 'HTTP1') !== wanted)
    (codec.isPresent ? codec : http).differently({ callers: 'the check speaks the protocol of the port' });
  for (const name of [
    'send',
    'receive',
    'requestHeadersToAdd',
    'requestHeadersToRemove',
    'serviceNameMatcher',
  ])
    http.at(name).lost({ callers: 'the check asks for the path alone' });
  for (const name of ['responseBufferSize', 'method'])
    http.at(name).lost({ callers: 'the check asks by GET, and reads the status alone' });
  return path !== undefined && isPath(path) ? path : undefined;
}

function ranges(http: Field, name: string, wanted: Json, callers: string): void {
  const field = http.at(name);
  if (isSameJson((field.value ?? null) as Json, wanted)) field.carried();
  else (field.isPresent ? field : http.at('path')).differently({ callers });
}

function readHost(field: Field, { service: { namespace, name } }: AppliedService): void {
  const host = field.text();
  if (host !== undefined && host !== `${name}.${namespace}.svc.cluster.local`)
    field.differently({ callers: 'the check names the host of the service' });
}
