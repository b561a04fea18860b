import { isDnsLabel } from '../../../import/dns-label.ts';
import type { Field } from '../../../import/field.ts';
import type { Principal } from '../../../spec/types.gen.ts';
import { type Callers, callersOf, everybody, type KnownGateway, nobody, union } from './callers.ts';
import type { Pods } from './pods.ts';
import {
  accountKey,
  fitOf,
  type NameSet,
  namespaceKey,
  type Requirement,
  readSelector,
  takesUnlabelled,
  valuesOf,
} from './selector.ts';

/** The circumstances in which the callers of a rule are read. */
export interface PeerContext {
  /** The namespace of the policy; undefined for a policy of the cluster. */
  readonly home: string | undefined;
  readonly pods: Pods;
  readonly gateways: readonly KnownGateway[];
  /** An allow is rounded to fewer callers, a deny to more. */
  readonly effect: 'allow' | 'deny';
}

/** The callers that are no pods, with all of which the language's callers without an identity are complete. */
const outside: readonly string[] = ['host', 'kube-apiserver', 'remote-node', 'unmanaged', 'world'];

/** The entities that `cluster` stands for beside pods. */
const inCluster: readonly string[] = [
  'host',
  'remote-node',
  'unmanaged',
  'kube-apiserver',
  'ingress',
  'health',
  'init',
];

/** Entities of which no caller of the language is one. */
const idle: Readonly<Record<string, string>> = {
  health: 'the health checks of Cilium are no calls of the mesh',
  init: 'pods that only begin to run make no calls yet',
  none: 'it stands for nobody',
};

/** Returns the callers of a rule; undefined for a rule that names none. */
export function readCallers(rule: Field, context: PeerContext): Callers | undefined {
  const lists = ['fromEndpoints', 'fromEntities', 'fromCIDR', 'fromCIDRSet', 'fromGroups', 'fromNodes'];
  const present = lists.filter((name) => rule.at(name).isPresent);
  const selectors = rule.at('fromEndpoints').items();
  const entities = rule.at('fromEntities').items();
  const read = [
    ...selectors.map((item) => readSelected(item, context)),
    readEntities(entities, context),
    ...['fromCIDR', 'fromCIDRSet', 'fromGroups', 'fromNodes'].flatMap((name) =>
      rule
        .at(name)
        .items()
        .map((item) => unknownCallers(item, 'callers are known by an address alone', context)),
    ),
  ];
  const required = rule.at('fromRequires');
  if (required.isPresent && required.items().length > 0)
    return unknownCallers(required, 'the language can not ask for more labels of callers', context);
  return present.length === 0 ? undefined : read.reduce(union, nobody);
}

/** Marks callers that the language can't name: an allow leaves them out, a deny takes everybody. */
function unknownCallers(field: Field, why: string, { effect }: PeerContext): Callers {
  if (effect === 'allow') field.lost({ callers: `${why}, and they are refused`, access: 'narrower' });
  else field.lost({ callers: `${why}, so that everybody is refused`, access: 'narrower' });
  return effect === 'allow' ? nobody : everybody;
}

function readEntities(items: readonly Field[], context: PeerContext): Callers {
  const named = items.map((item) => item.text() ?? '');
  if (named.includes('all')) return everybody;
  const all = new Set(named.flatMap((name) => (name === 'cluster' ? inCluster : [name])));
  const isComplete = outside.every((name) => all.has(name));
  const more = items.map((item) => (isComplete ? false : readOutsider(item, context)));
  if (all.has('ingress')) for (const item of items) markEntrances(item, context);
  return {
    ...nobody,
    everyPod: named.includes('cluster'),
    gateways: all.has('ingress'),
    others: isComplete || more.includes(true),
  };
}

/** Marks an entity that is a part of the callers without an identity; returns true if a deny takes all of them. */
function readOutsider(item: Field, { effect }: PeerContext): boolean {
  const name = item.value;
  if (typeof name !== 'string' || name === 'ingress') return false;
  const why = idle[name];
  if (why !== undefined) item.withoutEffect(why);
  else if (effect === 'deny')
    item.differently({
      callers: 'all callers without an identity are refused, whatever they are',
      access: 'narrower',
    });
  else if (name === 'cluster')
    item.differently({
      callers: 'nodes and pods without Cilium have no identity, and are refused',
      access: 'narrower',
    });
  else
    item.lost({
      callers: `the language does not tell callers without an identity apart, so that ${name} is refused`,
      access: 'narrower',
      witness: 'a call without a certificate',
    });
  return effect === 'deny' && why === undefined;
}

function markEntrances(item: Field, { effect, gateways }: PeerContext): void {
  const isEntrance = item.value === 'ingress' || item.value === 'cluster';
  if (!isEntrance || effect === 'deny' || gateways.length > 0) return;
  item.differently({
    callers: 'no Gateway is among the input, so that calls from outside are refused',
    access: 'narrower',
  });
}

function readSelected(item: Field, context: PeerContext): Callers {
  const selector = readSelector(item, context.home);
  if (selector === undefined) return unknownCallers(item, 'Cilium refuses such a selector', context);
  if (selector.type === 'entity') {
    if (selector.name === 'all') return everybody;
    if (selector.name === 'ingress' && context.gateways.length > 0) return { ...nobody, gateways: true };
    return unknownCallers(item, 'these callers have no identity', context);
  }
  const { requirements } = selector;
  const { effect } = context;
  if (takesUnlabelled(requirements)) {
    if (effect === 'deny') {
      item.differently({ callers: 'everybody is refused', access: 'narrower' });
      return everybody;
    }
    item.differently({
      callers: 'callers that are no pods are refused',
      access: 'narrower',
      witness: 'a call without a certificate',
    });
  }
  const isByName = requirements.every(({ key }) => key === namespaceKey || key === accountKey);
  const named = isByName ? byName(requirements) : undefined;
  return named ?? byPods(item, requirements, context);
}

/** Returns the callers that namespaces and accounts say; undefined if the language can't name them. */
function byName(requirements: readonly Requirement[]): Callers | undefined {
  const namespaces = valuesOf(requirements, namespaceKey);
  const accounts = valuesOf(requirements, accountKey);
  if (isEvery(accounts)) {
    const listed = namespaces.names.filter(isDnsLabel).map((namespace): Principal => ({ namespace }));
    if (!namespaces.but) return callersOf(listed);
    return listed.length === 0 ? { ...nobody, everyPod: true } : callersOf([{ authenticated: true }], listed);
  }
  if (namespaces.but) return undefined;
  const known = namespaces.names.filter(isDnsLabel);
  const listed = known.flatMap((namespace) =>
    accounts.names.filter(isAccount).map((name): Principal => ({ serviceAccount: `${namespace}/${name}` })),
  );
  return accounts.but
    ? callersOf(
        known.map((namespace) => ({ namespace })),
        listed,
      )
    : callersOf(listed);
}

function isEvery({ but, names }: NameSet): boolean {
  return but && names.length === 0;
}

function isAccount(name: string): boolean {
  return /^[a-z0-9](?:[-.a-z0-9]*[a-z0-9])?$/.test(name);
}

/** Returns the accounts whose pods fit: an account with other pods, too, counts for a deny alone. */
function byPods(item: Field, requirements: readonly Requirement[], { pods, effect }: PeerContext): Callers {
  const from: Principal[] = [];
  const mixed: string[] = [];
  for (const [id, own] of pods.byAccount()) {
    const fits = new Set(own.map((one) => fitOf(requirements, one)));
    if (fits.has('yes') && fits.size === 1) from.push({ serviceAccount: id });
    else if (fits.has('yes') || (fits.has('unknown') && effect === 'deny')) {
      mixed.push(id);
      if (effect === 'deny') from.push({ serviceAccount: id });
    }
  }
  if (mixed.length > 0)
    item.differently({
      callers:
        effect === 'allow'
          ? `other pods have the account ${mixed.join(', ')}, too, so that none of them is let in: give the callers an account of their own`
          : `all pods of the account ${mixed.join(', ')} are refused`,
      access: 'narrower',
    });
  else if (from.length === 0)
    return effect === 'allow'
      ? unknownCallers(item, 'no pods with these labels are among the input', {
          pods,
          effect,
          home: undefined,
          gateways: [],
        })
      : deniedStrangers(item);
  return callersOf(from);
}

/** A deny of pods that the input doesn't have refuses all pods. */
function deniedStrangers(item: Field): Callers {
  item.differently({
    callers: 'no pods with these labels are among the input, so that all pods are refused',
    access: 'narrower',
  });
  return { ...nobody, everyPod: true };
}
