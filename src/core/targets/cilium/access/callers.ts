/**
 * A set of callers as Cilium tells them apart: pods by namespace and account, the gateways of the cluster as one caller,
 * and all callers that are no pods.
 */
export interface Callers {
  /** Namespaces whose pods differ from those of all other namespaces. */
  readonly namespaces: ReadonlyMap<string, Accounts>;
  /** True if the set has the pods of all namespaces that `namespaces` doesn't name. */
  readonly elsewhere: boolean;
  /** True if the set has gateways: Cilium's entity `ingress`. */
  readonly gateways: boolean;
  /** True if the set has callers without an identity: hosts outside of the cluster, and nodes. */
  readonly others: boolean;
}

/** Accounts of a namespace: those of `names`, or with `but` all except these. */
export interface Accounts {
  readonly but: boolean;
  readonly names: ReadonlySet<string>;
}

const everyAccount: Accounts = { but: true, names: new Set() };
const noAccount: Accounts = { but: false, names: new Set() };

export const nobody: Callers = { namespaces: new Map(), elsewhere: false, gateways: false, others: false };
export const everyPod: Callers = { ...nobody, elsewhere: true };
export const everybody: Callers = { ...everyPod, gateways: true, others: true };

/** Returns all pods of a namespace. */
export function podsOf(namespace: string): Callers {
  return { ...nobody, namespaces: new Map([[namespace, everyAccount]]) };
}

/** Returns the pods of an account. */
export function podsWith(namespace: string, account: string): Callers {
  return { ...nobody, namespaces: new Map([[namespace, { but: false, names: new Set([account]) }]]) };
}

export function union(one: Callers, other: Callers): Callers {
  return combined(one, other, (a, b) => a || b);
}

export function intersection(one: Callers, other: Callers): Callers {
  return combined(one, other, (a, b) => a && b);
}

export function difference(one: Callers, other: Callers): Callers {
  return combined(one, other, (a, b) => a && !b);
}

export function isNobody({ namespaces, elsewhere, gateways, others }: Callers): boolean {
  return namespaces.size === 0 && !elsewhere && !gateways && !others;
}

/** Returns a text that is the same for equal sets alone. */
export function keyOf({ namespaces, elsewhere, gateways, others }: Callers): string {
  const listed = [...namespaces].map(([name, { but, names }]) => [name, but, [...names]]);
  return JSON.stringify([listed, elsewhere, gateways, others]);
}

type Combine = (one: boolean, other: boolean) => boolean;

function combined(one: Callers, other: Callers, combine: Combine): Callers {
  const elsewhere = combine(one.elsewhere, other.elsewhere);
  const names = [...new Set([...one.namespaces.keys(), ...other.namespaces.keys()])].sort();
  const namespaces = names
    .map((name) => [name, combinedAccounts(accountsIn(one, name), accountsIn(other, name), combine)] as const)
    .filter(([, { but, names: accounts }]) => but !== elsewhere || accounts.size > 0);
  return {
    namespaces: new Map(namespaces),
    elsewhere,
    gateways: combine(one.gateways, other.gateways),
    others: combine(one.others, other.others),
  };
}

function accountsIn({ namespaces, elsewhere }: Callers, namespace: string): Accounts {
  return namespaces.get(namespace) ?? (elsewhere ? everyAccount : noAccount);
}

function combinedAccounts(one: Accounts, other: Accounts, combine: Combine): Accounts {
  const but = combine(one.but, other.but);
  const names = [...new Set([...one.names, ...other.names])]
    .filter((name) => combine(one.names.has(name) !== one.but, other.names.has(name) !== other.but) !== but)
    .sort();
  return { but, names: new Set(names) };
}
