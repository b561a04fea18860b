import type { Field } from '../../../import/field.ts';
import type { KnownService } from '../../../import/inventory.ts';
import type { NativeDocument } from '../../../import/native-document.ts';
import type { ReadContext } from '../../../import/reader.ts';
import type { KnownPods, Pods } from './pods.ts';
import { type Fit, fitOf, type Requirement, readSelector } from './selector.ts';

/** One specification of a policy. */
export interface PolicyRule {
  readonly field: Field;
  /** The namespace of the policy; undefined for a policy of the cluster. */
  readonly home: string | undefined;
  readonly requirements: readonly Requirement[];
  /** True for a direction that it closes but for what policies allow. */
  readonly closes: Readonly<Record<'ingress' | 'egress', boolean>>;
}

const directions = ['ingress', 'egress'] as const;

/** Returns the specifications of policies. */
export function readPolicies(
  documents: readonly NativeDocument[],
  { namespaceOf }: ReadContext,
): readonly PolicyRule[] {
  return documents.flatMap((document) => {
    const { root, kind } = document;
    const home = kind === 'CiliumNetworkPolicy' ? namespaceOf(document) : undefined;
    root.at('description').withoutEffect('a description changes nothing for callers');
    const specs = [root.at('spec'), ...root.at('specs').items()].filter(({ isPresent }) => isPresent);
    return specs.flatMap((spec) => readRule(spec, home) ?? []);
  });
}

function readRule(spec: Field, home: string | undefined): PolicyRule | undefined {
  spec.entries();
  spec.at('description').withoutEffect('a description changes nothing for callers');
  spec.at('labels').withoutEffect('labels of a rule are for people');
  spec.at('log').withoutEffect('a mark in logs changes nothing for callers');
  if (spec.at('nodeSelector').isPresent) {
    spec.lost({
      callers: 'calls to nodes are no calls of the mesh, so the rule for nodes is not in the spec',
    });
    return undefined;
  }
  const selector = readSelector(spec.at('endpointSelector'), home);
  const lists = directions.flatMap((one) => [spec.at(one), spec.at(`${one}Deny`)]);
  if (lists.every((list) => list.items().length === 0)) {
    spec.withoutEffect('Cilium refuses a policy without a rule');
    return undefined;
  }
  if (selector === undefined || selector.type === 'entity') {
    spec.lost({ callers: 'it selects no pods that the language knows' });
    return undefined;
  }
  const closes = Object.fromEntries(
    directions.map((one) => {
      const said = spec.along('enableDefaultDeny', one).boolean();
      return [one, said ?? [spec.at(one), spec.at(`${one}Deny`)].some((list) => list.items().length > 0)];
    }),
  ) as PolicyRule['closes'];
  return { field: spec, home, requirements: scoped(selector.requirements, home), closes };
}

/** A policy of a namespace selects pods of this namespace alone. */
function scoped(requirements: readonly Requirement[], home: string | undefined): readonly Requirement[] {
  if (home === undefined) return requirements;
  return [...requirements, { key: 'io.kubernetes.pod.namespace', operator: 'In', values: [home] }];
}

/** Returns whether a rule selects pods: `yes` for all of them, `unknown` for a part. */
export function selects({ requirements }: PolicyRule, pods: readonly KnownPods[]): Fit {
  const fits = new Set(pods.map((one) => fitOf(requirements, one)));
  if (fits.has('no') && fits.size === 1) return 'no';
  return fits.has('yes') && fits.size === 1 ? 'yes' : fits.size === 0 ? 'no' : 'unknown';
}

/** A service with the rules that hold for its pods. */
export interface Governed {
  readonly service: KnownService;
  readonly whole: readonly PolicyRule[];
  /** Rules that hold for some of its pods, as far as the input says. */
  readonly partly: readonly PolicyRule[];
}

/** Returns each service with the rules for its pods, and marks rules for pods that the input doesn't have. */
export function governed(
  rules: readonly PolicyRule[],
  services: readonly KnownService[],
  pods: Pods,
): readonly Governed[] {
  const used = new Set<PolicyRule>();
  const found = services.map((service): Governed => {
    const fits = rules.map((rule) => ({ rule, fit: selects(rule, pods.of(service)) }));
    const those = (wanted: Fit): readonly PolicyRule[] =>
      fits.flatMap(({ rule, fit }) => (fit === wanted ? [rule] : []));
    const own = { service, whole: those('yes'), partly: those('unknown') };
    for (const rule of [...own.whole, ...own.partly]) used.add(rule);
    return own;
  });
  const callers = new Set(
    rules.filter((rule) => pods.all.some((one) => fitOf(rule.requirements, one) !== 'no')),
  );
  for (const rule of rules) if (!used.has(rule)) markUnused(rule, callers.has(rule));
  return found;
}

/** A rule for pods without a Service still says what these pods may call. */
function markUnused({ field, closes }: PolicyRule, hasCallers: boolean): void {
  const noService = 'no Service of the input has these pods, so that nobody calls them by the spec';
  if (hasCallers) {
    for (const name of ['ingress', 'ingressDeny']) field.at(name).lost({ callers: noService });
    return;
  }
  field.lost({
    callers: 'no pods of the input fit the selector, so the rule holds for nothing in the spec',
    ...((closes.ingress || closes.egress) && {
      access: 'wider',
      witness: 'a call to pods with these labels from a caller that the rule does not name',
    }),
  });
}
