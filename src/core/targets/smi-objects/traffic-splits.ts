import type { Feature } from '../../ir/feature.ts';
import type { Ir } from '../../ir/ir.ts';
import type { Forward, Rule } from '../../ir/route.ts';
import type { Port, Service } from '../../ir/service.ts';
import { wholeWeights } from '../../ir/whole-weights.ts';
import { canonicalJson } from '../../lib/canonical-json.ts';
import type { ObjectArtifact } from '../artifact.ts';
import {
  neededServices,
  type VersionServiceOptions,
  type VersionServices,
} from '../gateway-api-objects/version-services.ts';
import { hostOf } from '../kubernetes-objects/host.ts';
import { objectName } from '../kubernetes-objects/object-name.ts';
import type { Limit } from '../target.ts';
import { matchOf, type Sayable } from './conditions.ts';
import type { SmiDialect } from './dialect.ts';
import { type HttpMatch, routeGroupSpec } from './http-match.ts';
import { smiObject } from './object.ts';
import { routePattern } from './path-pattern.ts';

/** A split of the requests to a service; without matches, of all of them. */
interface Split {
  readonly rule: Rule;
  readonly backends: readonly { readonly service: string; readonly weight: number }[];
  readonly matches: readonly HttpMatch[];
}

/** A rule that SMI can't express, so that its requests go to the Service they name. */
interface Unsayable {
  readonly rule: Rule;
  readonly isFirst: boolean;
  readonly reason: string;
}

interface Splits {
  /** Absent if all requests go to the Service that they name. */
  readonly split?: Split;
  readonly unsayable: readonly Unsayable[];
}

/** Data that the splits of a mesh share. */
export interface SplitLowering {
  readonly ir: Ir;
  readonly dialect: SmiDialect;
  readonly versions: VersionServices;
  readonly options: VersionServiceOptions;
}

/** Returns the TrafficSplits of a mesh, with the HTTPRouteGroups of their conditions. */
export function trafficSplits(lowering: SplitLowering): readonly ObjectArtifact[] {
  const { ir, dialect } = lowering;
  return Object.values(ir.services).flatMap((service) => {
    const { split } = splitsOf(service, lowering);
    if (split === undefined) return [];
    const { namespace, name, id } = service;
    const head = { namespace, from: `Service/${id}`, origins: [split.rule.origin] };
    const group = objectName(name, 'split');
    return [
      ...(split.matches.length === 0
        ? []
        : [
            smiObject(dialect.release, {
              kind: 'HTTPRouteGroup',
              ...head,
              name: group,
              spec: routeGroupSpec(split.matches, dialect),
            }),
          ]),
      smiObject(dialect.release, {
        kind: 'TrafficSplit',
        ...head,
        ...neededServices([split.rule], lowering),
        name,
        spec: {
          service: dialect.splitService === 'host' ? hostOf(id) : name,
          backends: split.backends,
          ...(split.matches.length > 0 && { matches: [{ kind: 'HTTPRouteGroup', name: group } as const] }),
        },
      }),
    ];
  });
}

/** Returns the versions that TrafficSplits send to: no object names the Services of others. */
export function splitVersions(lowering: SplitLowering): VersionServices {
  const named = new Set(
    Object.values(lowering.ir.services).flatMap((service) =>
      (splitsOf(service, lowering).split?.backends ?? []).map((one) => `${service.namespace}/${one.service}`),
    ),
  );
  return new Map(
    [...lowering.versions].filter(([, { service, name }]) => named.has(`${service.namespace}/${name}`)),
  );
}

/** Returns the rules of which SMI keeps less than the spec says. */
export function splitLimits(lowering: SplitLowering): readonly Limit[] {
  return Object.values(lowering.ir.services).flatMap((service) =>
    splitsOf(service, lowering).unsayable.map(({ rule, isFirst, reason }) => ({
      feature: featureOf(rule, isFirst),
      reason,
      callers: 'such requests go to the Service that they name, to any of its versions',
      origin: rule.origin,
    })),
  );
}

/** Returns the feature of a rule that says where requests go; a rule for all requests to one place uses no other one. */
function featureOf({ action }: Rule, isFirst: boolean): Feature {
  if (!isFirst) return 'route.order';
  if (action.type === 'redirect') return 'route.redirect';
  if (action.type === 'respond') return 'route.respond';
  if (action.backends.length > 1) return 'route.split';
  return action.retries === undefined ? 'settings.no-retries' : 'settings.retries';
}

function splitsOf(service: Service, lowering: SplitLowering): Splits {
  const all = service.ports.map((port) => splitsOfPort(service, port, lowering));
  const said = new Set(
    all.map(({ split }) => canonicalJson(split === undefined ? null : [split.backends, split.matches])),
  );
  const [first] = all;
  if (first === undefined || said.size === 1)
    return {
      ...(first?.split && { split: first.split }),
      unsayable: all.flatMap(({ unsayable }) => unsayable),
    };
  return {
    unsayable: all.flatMap(({ split, unsayable }) => [
      ...unsayable,
      ...(split === undefined
        ? []
        : [
            {
              rule: split.rule,
              isFirst: true,
              reason:
                'a TrafficSplit divides the calls to all ports of a Service, and other ports are divided in another way',
            },
          ]),
    ]),
  };
}

function splitsOfPort(service: Service, port: Port, lowering: SplitLowering): Splits {
  const [first, second, ...more] = port.route.rules.flatMap((rule) => rulesAt(rule, port));
  if (first === undefined) return { unsayable: [] };
  const unsaid = (rule: Rule, reason: string): Unsayable => ({ rule, isFirst: rule === first, reason });
  const rest = [second, ...more].filter((rule) => rule !== undefined);
  const made = splitOf(first, service, port, lowering);
  const isTotal = typeof made === 'object' && made.matches.length === 0;
  const left = isTotal || (made === 'root' && first.matches.length === 0) ? [] : rest;
  const others = left
    .filter((rule) => !(rule.matches.length === 0 && splitOf(rule, service, port, lowering) === 'root'))
    .map((rule) =>
      unsaid(
        rule,
        'SMI has one split for a Service, and sends all other requests to the Service that they name',
      ),
    );
  if (typeof made === 'object') return { split: made, unsayable: others };
  return { unsayable: made === 'root' ? others : [unsaid(first, made.slice(reasonMark.length)), ...others] };
}

/** Returns a rule without its conditions on the port; empty if the rule is about other ports. */
function rulesAt(rule: Rule, { number }: Port): readonly Rule[] {
  const matches = rule.matches
    .filter(({ port }) => port === undefined || port === number)
    .map(({ port: _, ...match }) => match);
  return rule.matches.length > 0 && matches.length === 0 ? [] : [{ ...rule, matches }];
}

/** A reason after a mark that no name of a split has. */
type Refusal = `no: ${string}`;

const reasonMark = 'no: ';

/** Returns the split of a rule, `root` if its requests go to the Service that they name, or a reason after `no: `. */
function splitOf(
  rule: Rule,
  service: Service,
  port: Port,
  lowering: SplitLowering,
): Split | 'root' | Refusal {
  const { dialect } = lowering;
  const { matches, action } = rule;
  if (action.type !== 'forward') return `${reasonMark}SMI has no rules that answer a request`;
  const shares = sharesOf(action, service, port, lowering);
  if (typeof shares === 'string') return shares;
  const taking = [...shares].filter(([, weight]) => weight > 0);
  if (taking.some(([name]) => name === service.name))
    return taking.length === 1
      ? 'root'
      : `${reasonMark}a TrafficSplit may not send to the Service that it divides`;
  if (!port.http && !dialect.splitsConnections)
    return `${reasonMark}${dialect.mesh} divides requests of HTTP alone`;
  const conditional = matches.length > 0 && !matches.some(isEvery);
  if (conditional && !dialect.splitMatches)
    return `${reasonMark}a TrafficSplit of ${dialect.mesh} has no conditions`;
  const said = (conditional ? matches : []).map(conditionOf);
  if (said.some((one) => one?.isWhole !== true))
    return `${reasonMark}SMI has no match for these conditions: it knows methods, patterns of paths, and patterns of header values`;
  return {
    rule,
    backends: [...shares]
      .filter(([name]) => name !== service.name)
      .map(([name, weight]) => ({ service: name, weight })),
    matches: said.flatMap((one) => (one === undefined ? [] : [one.match])),
  };
}

/** Returns the weights of Services by name. One of zero is written if the split can have it at all. */
function sharesOf(
  { backends }: Forward,
  service: Service,
  port: Port,
  { ir, versions }: SplitLowering,
): ReadonlyMap<string, number> | Refusal {
  const weights = wholeWeights(backends.map(({ weight }) => weight));
  const shares = new Map<string, number>();
  for (const [index, backend] of backends.entries()) {
    const weight = weights[index] ?? 0;
    const other = ir.services[backend.service];
    if (other?.namespace !== service.namespace) {
      if (weight === 0) continue;
      return `${reasonMark}a TrafficSplit sends only to Services of its own namespace`;
    }
    if (other.ports.find(({ name }) => name === backend.port)?.number !== port.number) {
      if (weight === 0) continue;
      return `${reasonMark}a TrafficSplit sends only to the port that the request names`;
    }
    const name = versions.get(`${backend.service} ${backend.version ?? ''}`)?.name ?? other.name;
    shares.set(name, (shares.get(name) ?? 0) + weight);
  }
  return [...shares.values()].every((weight) => weight === 0)
    ? `${reasonMark}a TrafficSplit needs a weight above zero`
    : shares;
}

function conditionOf(match: Rule['matches'][number]): Sayable | undefined {
  return match.query.length > 0 || match.from !== undefined || match.sni !== undefined
    ? undefined
    : matchOf(match, routePattern);
}

function isEvery({ path, methods, headers, query, from, sni }: Rule['matches'][number]): boolean {
  const everyPath = path === undefined || (path.type === 'prefix' && path.value === '');
  const asked = [methods, from, sni].some((condition) => condition !== undefined);
  return everyPath && !asked && headers.length + query.length === 0;
}
