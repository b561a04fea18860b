import type { Backend, Mirror } from '../../ir/route.ts';
import type { BackendRef, HostnameRef, ServiceRef } from './parts.ts';

/** Returns the Kubernetes Service or the host of a backend; undefined if the backend has neither. */
export type ServiceOf = (backend: Backend | Mirror) => ServiceRef | HostnameRef | undefined;

/** The most backends of a rule. */
export const mostBackends = 16;
const greatestWeight = 1_000_000;

/**
 * Returns the backends of a rule as references, or an empty list if one of them has no Kubernetes Service: its share
 * must not go to the others. Weights become whole numbers in the same proportion, up to rounding over a million.
 */
export function backendRefs(backends: readonly Backend[], serviceOf: ServiceOf): readonly BackendRef[] {
  const weights = wholeWeights(backends.map(({ weight }) => weight));
  const refs = backends.map((backend, index) => {
    const ref = serviceOf(backend);
    return ref && { ...ref, weight: weights[index] ?? 0 };
  });
  const known = refs.filter((ref) => ref !== undefined);
  return known.length === backends.length ? joined(known).slice(0, mostBackends) : [];
}

/** Adds up the shares of each Service. */
function joined(refs: readonly BackendRef[]): readonly BackendRef[] {
  const all = new Map<string, BackendRef>();
  for (const ref of refs) {
    const key = `${ref.namespace ?? ''}/${ref.name}:${String(ref.port)}`;
    const own = all.get(key);
    all.set(key, own === undefined ? ref : { ...own, weight: own.weight + ref.weight });
  }
  return [...all.values()];
}

function wholeWeights(weights: readonly number[]): readonly number[] {
  const isSayable = (factor: number): boolean => weights.every((weight) => Number.isInteger(weight * factor));
  const factor = [1, 10, 100, 1000, 10_000].find(isSayable) ?? 10_000;
  const scaled = weights.map((weight) => Math.round(weight * factor));
  const sum = scaled.reduce((all, weight) => all + weight, 0);
  if (sum <= greatestWeight) return scaled;
  // Keep a weight above zero above zero.
  return scaled.map((weight) =>
    weight === 0 ? 0 : Math.max(1, Math.floor((weight / sum) * greatestWeight)),
  );
}
