import type { RouteMatch } from '../../../spec/types.gen.ts';
import { arePathsDisjoint } from './disjoint-paths.ts';

/** Returns true if certainly no request fits both matches. */
export function areDisjoint(one: RouteMatch, other: RouteMatch): boolean {
  const [method, second] = [one.methods, other.methods];
  if (method !== undefined && second?.every((name) => !method.includes(name)) === true) return true;
  if (one.port !== undefined && other.port !== undefined && one.port !== other.port) return true;
  const [call, otherCall] = [one.grpc, other.grpc];
  if (call !== undefined && otherCall !== undefined) {
    if (differ(call.service, otherCall.service) || differ(call.method, otherCall.method)) return true;
  }
  return arePathsDisjoint(one.path, other.path);
}

function differ(one: string | undefined, other: string | undefined): boolean {
  return one !== undefined && other !== undefined && one !== other;
}
