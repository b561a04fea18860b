import { utf8Bytes } from '../../../../../src/core/lib/utf8-bytes.ts';
import type { Request } from '../../../../../src/core/semantics/request.ts';
import type { VirtualRouterSpec } from '../../../../../src/core/targets/app-mesh/crds/app-mesh.gen.ts';
import { knownPattern } from '../../../lib/known-pattern.ts';

type Route = NonNullable<VirtualRouterSpec['routes']>[number];
type HttpRoute = NonNullable<Route['httpRoute']>;
type HeaderCondition = NonNullable<HttpRoute['match']['headers']>[number];

/** The parts of a request that a router reads. */
export type HttpRequest = Pick<Request, 'method' | 'path' | 'query' | 'headers'>;

/** A route that took a request. */
export interface Taken {
  readonly targets: HttpRoute['action']['weightedTargets'];
  readonly timeout: number;
  readonly tries: number;
}

/** Returns the route of the lowest priority that fits, as App Mesh's user guide has it. */
export function routeFor(routes: readonly Route[], port: number, request: HttpRequest): Taken | undefined {
  const sorted = routes.toSorted((one, other) => (one.priority ?? 1000) - (other.priority ?? 1000));
  for (const { httpRoute, http2Route, tcpRoute } of sorted) {
    const http = httpRoute ?? http2Route;
    if (http !== undefined && fits(http.match, port, request)) {
      // Without a policy App Mesh tries two times more (its page "Envoy defaults"); without a time, 15 seconds.
      const { maxRetries } = http.retryPolicy ?? { maxRetries: 2 };
      const { value, unit } = http.timeout?.perRequest ?? { value: 15, unit: 's' };
      return {
        targets: http.action.weightedTargets,
        timeout: unit === 's' ? value * 1000 : value,
        tries: maxRetries + 1,
      };
    }
    if (tcpRoute !== undefined && tcpRoute.match?.port === port)
      return { targets: tcpRoute.action.weightedTargets, timeout: 0, tries: 1 };
  }
  return undefined;
}

function fits(
  match: HttpRoute['match'],
  port: number,
  { method, path, query = '', headers }: HttpRequest,
): boolean {
  const { prefix, path: asked, queryParameters = [] } = match;
  const parameters = new URLSearchParams(query.replaceAll('+', '%2B'));
  return (
    (match.port ?? port) === port &&
    (match.method ?? method) === method &&
    (prefix === undefined || path.startsWith(prefix)) &&
    (asked?.exact === undefined || asked.exact === path) &&
    (asked?.regex === undefined || knownPattern(asked.regex).matcher(path).find()) &&
    (match.headers ?? []).every((condition) => headerFits(condition, headers)) &&
    queryParameters.every(({ name, match: value }) =>
      value?.exact === undefined ? parameters.has(name) : parameters.get(name) === value.exact,
    )
  );
}

/** A value that must not fit is not met by a header that is not there, as Envoy has it. */
function headerFits(
  { name, match, invert = false }: HeaderCondition,
  headers: HttpRequest['headers'],
): boolean {
  const found = headers.filter((one) => one.name === name).map(({ value }) => value);
  if (match === undefined) return found.length > 0 !== invert;
  if (found.length === 0) return false;
  const value = found.join(name === 'cookie' ? '; ' : ',');
  const { exact, prefix, suffix, regex } = match;
  const isMet =
    (exact === undefined || exact === value) &&
    (prefix === undefined || value.startsWith(prefix)) &&
    (suffix === undefined || value.endsWith(suffix)) &&
    (regex === undefined || knownPattern(regex).matcher(utf8Bytes(value)).find());
  return isMet !== invert;
}
