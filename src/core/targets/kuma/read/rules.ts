import type { Field } from '../../../import/field.ts';
import { serviceId } from '../../../import/inventory.ts';
import type { Backend, Principal, RouteRule } from '../../../spec/types.gen.ts';
import { readFilters } from './filters.ts';
import { type RankedMatch, readMatch } from './matches.ts';
import { changedParts, type PathPart } from './path-changes.ts';
import { type KumaContext, selectCallee } from './places.ts';

/** A rule for one of its matches; rules of one object are one rule. */
export interface RankedRule extends RankedMatch {
  /** The rule without its matches. */
  readonly rule: RouteRule;
  /** True for the path that is the prefix of a match, which Kuma changes otherwise than the paths below it. */
  readonly isEdge?: true;
}

/** The route in which a rule stands. */
export interface RuleHome {
  readonly kind: string;
  /** The callers that the route holds for; none: all. */
  readonly callers: readonly Principal[];
  readonly namespace: string;
  readonly context: KumaContext;
}

/** Reads a rule, once for each of its matches. */
export function readRule(field: Field, home: RuleHome): readonly RankedRule[] {
  const { kind, callers, namespace, context } = home;
  const isStream = kind === 'MeshTCPRoute';
  const result = field.at('default');
  const refs = result.at('backendRefs').items();
  const backends = refs.map((ref) => readBackend(ref, namespace, context));
  const known = backends.filter((one) => one !== undefined);
  const isNowhere = backends.length > 0 && known.length === 0;
  const { path, ...actions } = readFilters(
    result.at('filters'),
    (ref) => readBackend(ref, namespace, context),
    isNowhere,
  );
  for (const ref of refs.filter((_, index) => backends[index] === undefined)) {
    if (actions.redirect !== undefined) ref.withoutEffect('a redirect sends to no backend');
    else markAbsent(ref, isNowhere && !isStream);
  }
  const items = isStream ? [] : field.at('matches').items();
  const matches = items.length === 0 ? [{ rank: [0, 0, 0, 0, 0], match: {} }] : items.flatMap(readMatch);
  const own = matches.map(({ rank, match }) => ({
    rank,
    match: { ...match, ...(callers.length > 0 && { from: callers }) },
  }));
  const whole = { ...targetOf(known, backends.length, isStream), ...actions };
  const rule = actions.redirect === undefined ? whole : actions;
  if (path === undefined) return own.map((one) => ({ ...one, rule }));
  return changedParts(own, path).map(({ change, ...part }: PathPart) => ({
    ...part,
    rule: change === undefined ? rule : withPath(rule, change),
  }));
}

/** Says what becomes of a backend that is no service of the mesh. */
function markAbsent(ref: Field, isNowhere: boolean): void {
  if (isNowhere)
    ref.differently({
      callers:
        'requests of the rule get 500, as from Kuma 3.0 on; before that the service itself answers them',
    });
  else
    ref.lost({
      callers:
        'a backend that is no service of the mesh gets no requests, and the others take its share, which gets 500 from Kuma 3.0 on',
    });
}

/** Returns the destination of requests; a backend that can not be there answers 500 from Kuma 3.0 on. */
function targetOf(known: readonly Backend[], written: number, isStream: boolean): RouteRule {
  if (known.length > 0) return { backends: known };
  if (written === 0) return { backends: [{}] };
  return isStream ? { backends: [{ weight: 0 }] } : { respond: { status: 500 } };
}

function withPath(rule: RouteRule, change: NonNullable<PathPart['change']>): RouteRule {
  if (rule.redirect === undefined) return { ...rule, rewrite: { ...rule.rewrite, path: change } };
  const { replaceFull } = change;
  return {
    ...rule,
    redirect: {
      ...rule.redirect,
      path: replaceFull ?? { replacePrefix: change.replacePrefix ?? '/' },
    },
  };
}

/** Reads a reference to a service, or to a version of one. */
function readBackend(ref: Field, namespace: string, context: KumaContext): Backend | undefined {
  const weight = ref.at('weight').number();
  const number = ref.at('port').port();
  const selected = selectCallee(ref, namespace, context);
  if (selected === 'all' || selected === undefined || selected.services[0] === undefined) return undefined;
  const [service] = selected.services;
  const port = service.ports.find(
    ({ port: own, nativeName, name }) => own === number || [nativeName, name].includes(selected.port ?? ''),
  );
  return {
    service: serviceId(service),
    ...(selected.version !== undefined && { version: selected.version }),
    ...(port !== undefined && service.ports.length > 1 && { port: port.name }),
    ...(weight !== undefined && weight !== 1 && { weight }),
  };
}
