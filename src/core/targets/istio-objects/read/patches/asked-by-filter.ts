import { defined } from '../../../../import/defined.ts';
import { dnsLabel } from '../../../../import/dns-label.ts';
import { durationText } from '../../../../import/duration-text.ts';
import type { ReadDocument } from '../../../../import/read-document.ts';
import { isToken } from '../../../../import/written-values.ts';
import type { ExternalAuthorization } from '../../../../spec/types.gen.ts';
import { askedService, sizeText } from '../asked-service.ts';
import type { Surroundings } from '../surroundings.ts';
import { fieldsOf, isMessage, isValue, listOf, messageOf, textOf } from './message.ts';
import { filterPlace, type Patch } from './patch.ts';
import type { PatchBook } from './patch-book.ts';

const message = 'envoy.extensions.filters.http.ext_authz.v3.ExtAuthz';

const unsaid =
  'nobody asks the external authorizer: an Authentication has a service of the mesh that is asked about all requests, with a time, headers and a body of its own, and nothing else';

/** Reads filters that ask a service about each request: `externalAuthorization` of an Authentication. */
export function readAskedByFilter(book: PatchBook, surroundings: Surroundings): readonly ReadDocument[] {
  return book.all.flatMap((patch): readonly ReadDocument[] => {
    const config = fieldsOf(patch.value, ['name', 'typed_config'])?.['typed_config'];
    if (patch.applyTo !== 'HTTP_FILTER' || !isMessage(config, message)) return [];
    const asked = authorizationOf(config, surroundings);
    const places = placesOf(patch, surroundings);
    if (asked === undefined || places === undefined) {
      book.refuse(patch, unsaid);
      return [];
    }
    const callers = 'the service is asked about requests that Access refuses, too';
    if (filterPlace(patch)?.position === 'last') book.carryDifferently(patch, { callers });
    else book.carry(patch);
    const { document } = patch;
    return [
      {
        kind: 'Authentication',
        namespace: places.namespace,
        name: dnsLabel(document.name) ?? 'authorizer',
        spec: { ...places.spec, externalAuthorization: asked },
        from: [document.root],
        ...(places.beside !== undefined && { beside: places.beside }),
      },
    ];
  });
}

interface Places {
  readonly namespace: string;
  readonly spec: { readonly services: readonly string[] } | { readonly gateways: readonly string[] };
  readonly beside?: string;
}

/** Returns the services or gateways whose requests the filter sees. */
function placesOf(patch: Patch, { context }: Surroundings): Places | undefined {
  const { scope } = patch;
  const at = filterPlace(patch);
  if (at === undefined || at.atWaypoint || typeof at.position === 'object' || scope.type === 'waypoint')
    return undefined;
  const home = context.namespaceOf(patch.document);
  if (patch.context === 'GATEWAY' && scope.type === 'pods') {
    const gateways = scope.gateways.map(({ id }) => id);
    return gateways.length === 0 ? undefined : { namespace: home, spec: { gateways } };
  }
  const { services } = scope;
  const [first, ...others] = services;
  if (patch.context !== 'SIDECAR_INBOUND' || first === undefined) return undefined;
  if (scope.type === 'pods' && scope.partly.length > 0) return undefined;
  const [namespace = home] = others.length === 0 ? first.split('/') : [];
  const names = services.map((id) => (id.startsWith(`${namespace}/`) ? id.slice(namespace.length + 1) : id));
  return { namespace, spec: { services: names }, ...(others.length === 0 && { beside: first }) };
}

function authorizationOf(value: unknown, surroundings: Surroundings): ExternalAuthorization | undefined {
  const config = messageOf(value, message, [
    'stat_prefix',
    'transport_api_version',
    'failure_mode_allow',
    'status_on_error',
    'with_request_body',
    'grpc_service',
    'http_service',
  ]);
  const { grpc_service: grpc, http_service: http, failure_mode_allow: allows = false } = config ?? {};
  if (config === undefined || (grpc === undefined) === (http === undefined)) return undefined;
  const status = config['status_on_error'];
  const isRefusal =
    status === undefined || isValue(status, { code: 'Forbidden' }) || isValue(status, { code: 403 });
  const maxBody = bodyOf(config['with_request_body']);
  const own = grpc === undefined ? httpOf(http, surroundings) : grpcOf(grpc, surroundings);
  if (typeof allows !== 'boolean' || !isRefusal || maxBody === 'unsaid' || own === undefined)
    return undefined;
  return { ...own, ...(allows && { onError: 'allow' }), ...defined({ maxBody }) };
}

/** A body that is too long is sent in part; the language knows no other way. */
function bodyOf(value: unknown): string | undefined {
  if (value === undefined) return undefined;
  const fields = fieldsOf(value, ['max_request_bytes', 'allow_partial_message']);
  const most = fields?.['max_request_bytes'];
  return typeof most === 'number' && most > 0 && fields?.['allow_partial_message'] === true
    ? sizeText(most)
    : 'unsaid';
}

function grpcOf(value: unknown, surroundings: Surroundings): ExternalAuthorization | undefined {
  const fields = fieldsOf(value, ['envoy_grpc', 'google_grpc', 'timeout']);
  const cluster = fieldsOf(fields?.['envoy_grpc'], ['cluster_name'])?.['cluster_name'];
  const target = fieldsOf(fields?.['google_grpc'], ['target_uri', 'stat_prefix'])?.['target_uri'];
  const place = cluster === undefined ? placeOfTarget(target) : placeOfCluster(cluster);
  // Envoy itself waits 200 ms for an answer.
  return asked(place, fields?.['timeout'] ?? '0.2s', surroundings);
}

function httpOf(value: unknown, surroundings: Surroundings): ExternalAuthorization | undefined {
  const fields = fieldsOf(value, ['server_uri', 'authorization_request']);
  const server = fieldsOf(fields?.['server_uri'], ['uri', 'cluster', 'timeout']);
  const place = placeOfCluster(server?.['cluster']);
  const headers = headersOf(fields?.['authorization_request']);
  const own = asked(place, server?.['timeout'], surroundings);
  if (own === undefined || headers === undefined) return undefined;
  return { ...own, protocol: 'http', ...(headers.length > 0 && { includeHeaders: headers }) };
}

/** Returns the headers that the service sees besides those that it sees in any case. */
function headersOf(request: unknown): readonly string[] | undefined {
  if (request === undefined) return [];
  const allowed = fieldsOf(fieldsOf(request, ['allowed_headers'])?.['allowed_headers'], ['patterns']);
  const names = listOf(allowed?.['patterns'])?.map((one) => textOf(fieldsOf(one, ['exact'])?.['exact']));
  const known = names?.filter((name) => name !== undefined && isToken(name));
  return known === undefined || known.length !== names?.length
    ? undefined
    : known.map((name) => (name ?? '').toLowerCase()).filter((name) => name !== 'authorization');
}

interface Place {
  readonly host: string;
  readonly port: number;
}

/** A cluster of the mesh's own: `outbound|PORT||HOST`. */
function placeOfCluster(value: unknown): Place | undefined {
  const [, port, host] = /^outbound\|(\d+)\|\|([^|]+)$/.exec(textOf(value) ?? '') ?? [];
  return host === undefined ? undefined : { host, port: Number(port) };
}

function placeOfTarget(value: unknown): Place | undefined {
  const [, host, port] = /^(?:dns:\/\/\/)?([^:/]+):(\d+)$/.exec(textOf(value) ?? '') ?? [];
  return host === undefined ? undefined : { host, port: Number(port) };
}

function asked(
  place: Place | undefined,
  time: unknown,
  surroundings: Surroundings,
): ExternalAuthorization | undefined {
  const service = place && askedService(place.host, place.port, surroundings);
  const timeout = /^\d+(?:\.\d+)?s$/.test(textOf(time) ?? '') ? durationText(textOf(time) ?? '') : undefined;
  return service === undefined || timeout === undefined ? undefined : { ...service, timeout };
}
