import type { HeaderChanges } from '../../../src/core/ir/route.ts';
import { utf8Bytes } from '../../../src/core/lib/utf8-bytes.ts';
import { withoutBlanks } from '../../../src/core/lib/without-blanks.ts';
import type { Forwarded, Share } from '../../../src/core/semantics/outcome.ts';
import type { Arrival } from './echo.ts';
import type { LiveMesh } from './live-mesh.ts';
import type { Answer } from './send.ts';
import type { Prepared } from './sending.ts';

const grpcStatusOf: Readonly<Record<number, number>> = {
  400: 13,
  401: 16,
  403: 7,
  404: 12,
  429: 14,
  503: 14,
  504: 14,
};

/** Returns the differences between a real proxy and `decide` about one request that was answered. */
export function differences(mesh: LiveMesh, prepared: Prepared, answer: Answer): readonly string[] {
  const { outcome } = prepared;
  const arrivals = mesh.echoes.arrivals(prepared.testId);
  if (outcome.outcome !== 'forwarded') {
    return [
      ...statusDifferences(prepared, answer, outcome.status),
      ...responseHeaderDifferences(outcome.responseHeaders, answer),
      ...(outcome.outcome === 'redirected' ? locationDifferences(outcome.location, answer) : []),
      ...(outcome.outcome === 'responded' &&
      outcome.body !== undefined &&
      prepared.request.method !== 'HEAD' &&
      outcome.body !== answer.body
        ? [`body ${JSON.stringify(answer.body)}, decided ${JSON.stringify(outcome.body)}`]
        : []),
      ...(arrivals.length > 0
        ? [`reached ${arrivals.map(where).join(', ')}, decided ${outcome.outcome} ${String(outcome.status)}`]
        : []),
    ];
  }
  const isMirror = mirrored(outcome, arrivals);
  const primary = arrivals.filter((arrival) => !isMirror.includes(arrival));
  return [
    ...statusDifferences(prepared, answer, isUpgrade(prepared) ? 101 : 200),
    ...responseHeaderDifferences(outcome.responseHeaders, answer),
    ...(primary.length === 1
      ? []
      : [`${String(primary.length)} tries arrived (${primary.map(where).join(', ')}), expected 1`]),
    ...primary.flatMap((arrival) => arrivalDifferences(outcome, prepared, arrival, mesh)),
  ];
}

/**
 * Returns the arrivals that are copies: those at a place that only a mirror names, or all after the first at a place
 * that backends name, too.
 */
export function mirrored(outcome: Forwarded, arrivals: readonly Arrival[]): readonly Arrival[] {
  const fits = (arrival: Arrival, share: { service: string; version: string }): boolean =>
    arrival.service === share.service && (share.version === '*' || share.version === arrival.version);
  return arrivals.filter(
    (arrival) =>
      outcome.mirrors.some((mirror) => fits(arrival, mirror)) &&
      !outcome.backends.some((backend) => fits(arrival, backend)),
  );
}

function isUpgrade({ sending }: Prepared): boolean {
  return sending.headers.some(([name]) => name === 'upgrade');
}

function statusDifferences({ sending, outcome }: Prepared, answer: Answer, decided: number): string[] {
  const grpc = sending.headers.some(
    ([name, value]) => name === 'content-type' && value.startsWith('application/grpc'),
  );
  if (grpc && decided !== 0) {
    const own = outcome.responseHeaders.set.find(({ name }) => name === 'grpc-status')?.value;
    const expected = own === undefined ? (decided === 200 ? 0 : grpcStatusOf[decided]) : Number(own);
    return answer.grpcStatus === expected
      ? []
      : [
          `grpc-status ${String(answer.grpcStatus)} (HTTP ${String(answer.status)}), decided ${String(decided)} = ${String(expected)}`,
        ];
  }
  return answer.status === decided
    ? []
    : [
        `status ${String(answer.status)}, decided ${String(decided)}; body ${JSON.stringify(answer.body.slice(0, 120))}`,
      ];
}

/** Returns a location with its host in lower case: names of hosts ignore case (RFC 4343). */
function lowerHost(location: string): string {
  return location.replace(/^[a-z]+:\/\/[^/]*/i, (origin) => origin.toLowerCase());
}

function locationDifferences(decided: string, answer: Answer): string[] {
  // The answer may contain the default port.
  const found = answer.headers
    .find(([name]) => name === 'location')?.[1]
    .replace(/^(https:\/\/[^/:]+):443(?=\/|$)/, '$1');
  return found !== undefined && lowerHost(found) === lowerHost(decided)
    ? []
    : [`location ${String(found)}, decided ${decided}`];
}

function responseHeaderDifferences(changes: HeaderChanges, answer: Answer): string[] {
  return headerDifferences('response', changes, answer.headers);
}

function headerDifferences(
  side: string,
  changes: HeaderChanges,
  lines: readonly (readonly [string, string])[],
): string[] {
  const values = (name: string): string[] => lines.filter(([own]) => own === name).map(([, value]) => value);
  return [
    ...changes.set
      .filter(({ name, value }) => values(name).join('\n') !== value)
      .map(
        ({ name, value }) => `${side} header ${name} is ${JSON.stringify(values(name))}, decided ${value}`,
      ),
    ...changes.add
      .filter(
        ({ name, value }) =>
          !values(name).some(
            (own) =>
              own
                .split(',')
                .map((part) => part.trim())
                .includes(value) || own === value,
          ),
      )
      .map(({ name, value }) => `${side} header ${name} lacks ${value}`),
    ...changes.remove
      .filter((name) => values(name).length > 0)
      .map((name) => `${side} header ${name} was not removed`),
  ];
}

function arrivalDifferences(
  outcome: Forwarded,
  prepared: Prepared,
  arrival: Arrival,
  mesh: LiveMesh,
): string[] {
  const admitted = outcome.backends.filter(({ share }) => share > 0);
  const reached = admitted.some(
    ({ service, version, port, tls }) =>
      service === arrival.service &&
      (port === undefined || port === arrival.port) &&
      (tls?.serverName ?? prepared.spoken) === arrival.serverName &&
      (version === '*' || arrival.version === '*' || version === arrival.version),
  );
  return [
    ...(reached ? [] : [`reached ${where(arrival)}, decided ${admitted.map(place).join(', ')}`]),
    ...pathDifferences(outcome, prepared, arrival),
    ...tokenDifferences(prepared, arrival),
    ...(arrival.host === outcome.rewritten.host
      ? []
      : [`host ${arrival.host}, decided ${outcome.rewritten.host}`]),
    ...(arrival.method === prepared.request.method
      ? []
      : [`method ${arrival.method}, sent ${prepared.request.method}`]),
    ...headerDifferences('request', outcome.requestHeaders, arrival.headers),
    ...untouchedDifferences(outcome, prepared, arrival, mesh),
  ];
}

/** Returns the differences of the path, which contains the token if it is sent in the query and passed on. */
function pathDifferences(outcome: Forwarded, { token }: Prepared, arrival: Arrival): string[] {
  const decided = outcome.rewritten.path;
  const passed = token.query === undefined || token.forward === false ? '' : token.query;
  const joined = passed === '' ? decided : `${decided}${decided.includes('?') ? '&' : '?'}${passed}`;
  return arrival.path === joined ? [] : [`path ${arrival.path}, decided ${joined}`];
}

function tokenDifferences({ token }: Prepared, arrival: Arrival): string[] {
  if (token.text === undefined) return [];
  const text = token.text;
  const arrived = arrival.path.includes(text) || arrival.headers.some(([, value]) => value.includes(text));
  if (arrived === token.forward) return [];
  return [arrived ? 'the application received the token' : 'the token did not arrive'];
}

/**
 * Returns the differences of headers that no rule changes: they must arrive as sent, without a proxy's own control
 * headers.
 */
function untouchedDifferences(
  outcome: Forwarded,
  prepared: Prepared,
  arrival: Arrival,
  { ir }: LiveMesh,
): string[] {
  const { set, add, remove } = outcome.requestHeaders;
  const changed = new Set([...set, ...add].map(({ name }) => name).concat(remove));
  const lost = prepared.request.headers
    .filter(
      ({ name }) =>
        !changed.has(name) &&
        !name.startsWith('x-envoy-') &&
        !name.startsWith('x-meshwright-') &&
        !name.startsWith('x-forwarded-') &&
        name !== 'connection' &&
        name !== 'te',
    )
    .filter(
      ({ name, value }) =>
        !arrival.headers.some(
          ([own, got]) =>
            own === name &&
            // Node reads bytes beyond ASCII as Latin-1 in HTTP/1.1 and as UTF-8 in HTTP/2; blanks around a value don't
            // count.
            [withoutBlanks(value), withoutBlanks(utf8Bytes(value))].some((sent) =>
              name === 'cookie' ? got.includes(sent) : got === sent || got.split(/, ?/).includes(sent),
            ),
        ),
    );
  const leaked = arrival.headers.filter(
    ([name]) =>
      name.startsWith('x-envoy-') ||
      name === 'x-meshwright-caller' ||
      name === 'x-forwarded-client-cert' ||
      (name === 'x-request-id' &&
        ir.telemetry.tracing === undefined &&
        !prepared.request.headers.some((sent) => sent.name === name)),
  );
  return [
    ...lost.map(({ name, value }) => `request header ${name}: ${value} did not arrive`),
    ...leaked.map(([name, value]) => `the application received ${name}: ${value}`),
  ];
}

function where({ service, version, port, serverName }: Arrival): string {
  return `${service}@${version}:${port}${serverName === undefined ? '' : ` by TLS to ${serverName}`}`;
}

function place({ service, version, port = '*', tls }: Share): string {
  return `${service}@${version}:${port}${tls === undefined ? '' : ` by TLS to ${tls.serverName}`}`;
}
