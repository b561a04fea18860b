import type { Port, Service } from '../../../ir/service.ts';
import { isSameJson } from '../../../lib/is-same-json.ts';
import type { Artifact } from '../../artifact.ts';
import { httpRules } from '../../gateway-api-objects/http-rules.ts';
import { nowhere } from '../../gateway-api-objects/nowhere.ts';
import type {
  BackendRef,
  HostnameRef,
  HttpFilter,
  HttpMatch,
  HttpRule,
  ServiceRef,
} from '../../gateway-api-objects/parts.ts';
import { streamBackends } from '../../gateway-api-objects/stream-backends.ts';
import { objectName } from '../../kubernetes-objects/object-name.ts';
import type { Lowering } from '../context.ts';
import type { MeshHTTPRouteSpec } from '../crds/kuma.gen.ts';
import type { LoweringOptions } from '../options.ts';
import { resource } from '../resource.ts';
import { callee, serviceLabels } from '../service-ref.ts';
import { everyPath } from './precedence.ts';
import { routeParts } from './route-parts.ts';
import { streamRule } from './stream-rule.ts';

type To = NonNullable<MeshHTTPRouteSpec['to']>[number];
type Rule = To['rules'][number];
type Filter = NonNullable<Rule['default']['filters']>[number];
type Match = Rule['matches'][number];

/** Returns the routes of each port whose calls are not simply sent on. */
export function routes(lowering: Lowering): readonly Artifact[] {
  return Object.values(lowering.ir.services).flatMap((service) =>
    service.ports
      .filter(({ route }) => !route.implicit)
      .map((port) => (port.http ? httpRoute(service, port, lowering) : tcpRoute(service, port, lowering))),
  );
}

/** The match of every request, which Kuma has for the service itself where a route has none. */
const everyRequest: HttpMatch = { path: { type: 'PathPrefix', value: '/' } };

/** The match of every request behind patterns: Kuma tries them after all prefixes, and the longest first. */
const everyRequestLast: HttpMatch = { path: { type: 'RegularExpression', value: everyPath } };

/** Returns rules with a last one for the requests that no other rule takes, and that Kuma would send to the service itself. */
function withLast(made: readonly HttpRule[], usesPatterns: boolean): readonly HttpRule[] {
  const behind = made.some(({ matches = [] }) =>
    matches.some(({ path }) => path?.type === 'RegularExpression'),
  );
  const isEvery = (match: HttpMatch, every: HttpMatch): boolean => isSameJson(match, every);
  const rules = usesPatterns
    ? made.map((rule) => ({
        ...rule,
        matches: (rule.matches ?? []).map((match) => ({
          ...match,
          ...(isEvery({ path: match.path } as HttpMatch, everyRequest) && everyRequestLast),
        })),
      }))
    : made;
  const isTotal = rules.some(({ matches = [] }) =>
    matches.some((match) => isEvery(match, everyRequest) || isEvery(match, everyRequestLast)),
  );
  return isTotal ? rules : [...rules, { matches: [behind ? everyRequestLast : everyRequest] }];
}

function httpRoute(service: Service, port: Port, lowering: Lowering): Artifact {
  const { options } = lowering;
  const { parts, usesPatterns } = routeParts(port, lowering);
  const made = httpRules(
    parts.filter(({ alternatives }) => alternatives.length > 0),
    { ...lowering, arrival: { port: port.number, scheme: 'http' } },
  );
  const all = withLast(made, usesPatterns);
  return resource(
    {
      kind: 'MeshHTTPRoute',
      ...headOf(service, port),
      spec: {
        targetRef: { kind: 'Mesh' },
        to: [
          {
            targetRef: callee(service.name, service.namespace, options, port),
            rules: all.map((rule) => ruleOf(rule, service.namespace, options)),
          },
        ],
      },
    },
    options,
  );
}

function tcpRoute(service: Service, port: Port, lowering: Lowering): Artifact {
  const { options, serviceOf } = lowering;
  const taking = streamRule(port);
  const backends = streamBackends(taking, service.namespace, serviceOf);
  return resource(
    {
      kind: 'MeshTCPRoute',
      ...headOf(service, port),
      spec: {
        targetRef: { kind: 'Mesh' },
        to: [
          {
            targetRef: callee(service.name, service.namespace, options, port),
            rules: [{ default: { backendRefs: backends.map((ref) => backendOf(ref, options)) } }],
          },
        ],
      },
    },
    options,
  );
}

function headOf({ id, namespace, name, origin }: Service, port: Port) {
  return {
    name: objectName(namespace, name, port.name),
    from: `Service/${id}`,
    origins: [origin, ...port.route.rules.map((rule) => rule.origin)],
  };
}

function ruleOf(
  { matches = [], filters = [], backendRefs = [] }: HttpRule,
  namespace: string,
  options: LoweringOptions,
): Rule {
  const said = filters.flatMap((filter) => filterOf(filter, options));
  const redirects = said.some(({ type }) => type === 'RequestRedirect');
  const shares = backendRefs.filter(({ weight }) => weight !== 0);
  const backends = shares.length > 0 ? shares : [nowhere(namespace)];
  return {
    matches: matches.map(matchOf),
    default: {
      ...(said.length > 0 && { filters: said }),
      ...(!redirects && { backendRefs: backends.map((ref) => backendOf(ref as BackendRef, options)) }),
    },
  };
}

function matchOf({ path, method, headers, queryParams }: HttpMatch): Match {
  return {
    ...(path?.type !== undefined &&
      path.value !== undefined && { path: { type: path.type, value: path.value } }),
    ...(method && { method }),
    ...(headers && {
      headers: headers.map(({ name, type, value }) => ({ name, type: type ?? 'Exact', value })),
    }),
    ...(queryParams && {
      queryParams: queryParams.map(({ name, type, value }) => ({ name, type: type ?? 'Exact', value })),
    }),
  };
}

function filterOf({ requestMirror, ...filter }: HttpFilter, options: LoweringOptions): readonly Filter[] {
  const { type, requestHeaderModifier, responseHeaderModifier, urlRewrite, requestRedirect } = filter;
  if (requestMirror !== undefined) {
    const { backendRef, percent, fraction } = requestMirror;
    const percentage =
      percent ?? (fraction ? (fraction.numerator * 100) / (fraction.denominator ?? 100) : 100);
    return [
      {
        type: 'RequestMirror',
        requestMirror: {
          backendRef: reference(backendRef as ServiceRef, options),
          // A decimal is a text for Kuma.
          percentage: Number.isInteger(percentage) ? percentage : String(percentage),
        },
      },
    ];
  }
  if (requestHeaderModifier) return [{ type: 'RequestHeaderModifier', requestHeaderModifier }];
  if (responseHeaderModifier) return [{ type: 'ResponseHeaderModifier', responseHeaderModifier }];
  if (urlRewrite) return [{ type: 'URLRewrite', urlRewrite }];
  return type === 'RequestRedirect' && requestRedirect ? [{ type, requestRedirect }] : [];
}

function backendOf(ref: BackendRef, options: LoweringOptions) {
  return { ...reference(ref, options), weight: ref.weight };
}

function reference({ name, namespace, port }: ServiceRef | HostnameRef, options: LoweringOptions) {
  return { kind: 'MeshService', labels: serviceLabels(name, namespace ?? '', options), port } as const;
}
