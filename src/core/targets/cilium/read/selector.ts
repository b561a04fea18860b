import type { Field } from '../../../import/field.ts';
import type { KnownPods } from './pods.ts';

/** A condition on a label of pods. */
export interface Requirement {
  /** Without the source `k8s:` or `any:`. */
  readonly key: string;
  readonly operator: 'In' | 'NotIn' | 'Exists' | 'DoesNotExist';
  readonly values: readonly string[];
}

/** The pods that a selector takes, or the name of an entity of Cilium such as `host`. */
export type Selector =
  | { readonly type: 'pods'; readonly requirements: readonly Requirement[] }
  | { readonly type: 'entity'; readonly name: string };

/** The answer to the question whether pods fit: `unknown` if the input doesn't have all their labels. */
export type Fit = 'yes' | 'no' | 'unknown';

/** The label of a pod that says its namespace. */
export const namespaceKey = 'io.kubernetes.pod.namespace';
/** The label of a pod that says its account. */
export const accountKey = 'io.cilium.k8s.policy.serviceaccount';
const namespaceLabels = 'io.cilium.k8s.namespace.labels.';
const nameOfNamespace = `${namespaceLabels}kubernetes.io/metadata.name`;

const operators = ['In', 'NotIn', 'Exists', 'DoesNotExist'] as const;

/**
 * Reads a selector of a policy. One that names no namespace takes pods of `home`; without a home, in a policy of the
 * cluster, those of all namespaces. Returns undefined for a selector that Cilium refuses.
 */
export function readSelector(field: Field, home: string | undefined): Selector | undefined {
  if (field.isPresent) field.entries();
  const labels = field.at('matchLabels').textMap() ?? {};
  const read: (Requirement | undefined)[] = [
    ...Object.entries(labels).map(
      ([key, value]): Requirement => ({ key: plainKey(key), operator: 'In', values: [value] }),
    ),
    ...field.at('matchExpressions').items().map(readExpression),
  ];
  const requirements = read.filter((one) => one !== undefined);
  if (requirements.length < read.length) return undefined;
  const reserved = requirements.find(({ key }) => key.startsWith('reserved:'));
  if (reserved !== undefined && requirements.length === 1)
    return { type: 'entity', name: reserved.key.slice('reserved:'.length) };
  const isPlaced = requirements.some(({ key }) => key === namespaceKey || key.startsWith(namespaceLabels));
  if (home !== undefined && !isPlaced)
    requirements.push({ key: namespaceKey, operator: 'In', values: [home] });
  if (requirements.length === 0) requirements.push({ key: namespaceKey, operator: 'Exists', values: [] });
  return { type: 'pods', requirements };
}

function readExpression(item: Field): Requirement | undefined {
  const key = item.at('key').text();
  const word = item.at('operator').text();
  const values = item.at('values').texts() ?? [];
  const operator = operators.find((one) => one === word);
  if (key === undefined || operator === undefined) return undefined;
  return { key: plainKey(key), operator, values };
}

function plainKey(key: string): string {
  const plain = key.replace(/^(?:k8s|any)[:.](?=.)/, '');
  return plain === nameOfNamespace ? namespaceKey : plain;
}

/** Returns true for conditions that something without any label fits: a caller that is no pod. */
export function takesUnlabelled(requirements: readonly Requirement[]): boolean {
  return requirements.every(({ operator }) => operator === 'NotIn' || operator === 'DoesNotExist');
}

/** Returns whether pods fit all conditions. */
export function fitOf(requirements: readonly Requirement[], pods: KnownPods): Fit {
  const fits = requirements.map((one) => fitOfOne(one, pods));
  if (fits.includes('no')) return 'no';
  return fits.includes('unknown') ? 'unknown' : 'yes';
}

function fitOfOne({ key, operator, values }: Requirement, pods: KnownPods): Fit {
  const value = valueOf(key, pods);
  if (value === 'unknown') return 'unknown';
  const has = value.text !== undefined;
  const isListed = value.text !== undefined && values.includes(value.text);
  const fits = { In: isListed, NotIn: !isListed, Exists: has, DoesNotExist: !has };
  return fits[operator] ? 'yes' : 'no';
}

function valueOf(key: string, pods: KnownPods): 'unknown' | { readonly text: string | undefined } {
  if (key === namespaceKey) return { text: pods.namespace };
  if (key === accountKey) return { text: pods.account };
  if (Object.hasOwn(pods.labels, key)) return { text: pods.labels[key] };
  // Labels of namespaces, of other sources and of Cilium itself are not among the input.
  if (key.startsWith('io.cilium.') || key.includes(':')) return 'unknown';
  return pods.isComplete ? { text: undefined } : 'unknown';
}

/** A set of names: those of `names`, or with `but` all except these. */
export interface NameSet {
  readonly but: boolean;
  readonly names: readonly string[];
}

/** Returns the values of a label that conditions take. */
export function valuesOf(requirements: readonly Requirement[], key: string): NameSet {
  return requirements.filter((one) => one.key === key).reduce<NameSet>(both, { but: true, names: [] });
}

function both(set: NameSet, { operator, values }: Requirement): NameSet {
  const has = (name: string): boolean => set.names.includes(name) !== set.but;
  if (operator === 'Exists') return set;
  if (operator === 'DoesNotExist') return { but: false, names: [] };
  if (operator === 'In') return { but: false, names: [...new Set(values)].filter(has) };
  if (set.but) return { but: true, names: [...new Set([...set.names, ...values])] };
  return { but: false, names: set.names.filter((name) => !values.includes(name)) };
}
