import type { Origin } from '../../location.ts';
import type { ObjectArtifact } from '../artifact.ts';
import { objectName } from '../kubernetes-objects/object-name.ts';
import { object } from './object.ts';
import type { GrpcRule, HttpRule, ParentRef } from './parts.ts';

/** The parts that the objects of one list of rules have in common. */
export interface RouteHead {
  readonly namespace: string;
  /** Parts of the name. */
  readonly name: readonly string[];
  readonly from: string;
  readonly origins: readonly Origin[];
  readonly parentRefs: readonly ParentRef[];
  readonly hostnames?: readonly string[];
  readonly annotations?: Readonly<Record<string, string>>;
}

/** The most rules of an object, and the most matches of all its rules. */
const mostRules = 16;
const mostMatches = 128;

/**
 * Returns rules as HTTPRoutes. One object takes 16 rules. The next object has a later name and is never older, so that
 * the API keeps the order of rules. `first` is the number of objects before these.
 */
export function httpRouteObjects(
  head: RouteHead,
  rules: readonly HttpRule[],
  first = 0,
): readonly ObjectArtifact[] {
  return chunks(rules).map((own, index) =>
    object({ kind: 'HTTPRoute', ...headOf(head, first + index), spec: { ...specHead(head), rules: own } }),
  );
}

/** Returns rules as GRPCRoutes, in as many objects as they need. */
export function grpcRouteObjects(
  head: RouteHead,
  rules: readonly GrpcRule[],
  first = 0,
): readonly ObjectArtifact[] {
  return chunks(rules).map((own, index) =>
    object({ kind: 'GRPCRoute', ...headOf(head, first + index), spec: { ...specHead(head), rules: own } }),
  );
}

function headOf({ namespace, name, from, origins, annotations }: RouteHead, index: number) {
  const more = index === 0 ? [] : [`part${String(index + 1).padStart(3, '0')}`];
  return {
    namespace,
    name: objectName(...name, ...more),
    from,
    origins,
    ...(annotations && { annotations }),
  };
}

function specHead({ parentRefs, hostnames }: RouteHead) {
  return { parentRefs, ...(hostnames && { hostnames }) };
}

function chunks<T extends { readonly matches?: readonly unknown[] }>(rules: readonly T[]): readonly T[][] {
  const all: T[][] = [];
  let matches = 0;
  for (const rule of rules) {
    const own = Math.max(rule.matches?.length ?? 0, 1);
    const last = all.at(-1);
    if (last === undefined || last.length >= mostRules || matches + own > mostMatches) {
      all.push([rule]);
      matches = own;
    } else {
      last.push(rule);
      matches += own;
    }
  }
  return all;
}
