import { isFailure } from './meaning/labels.ts';
import type { Label } from './meaning.ts';
import type { ChangedRequests } from './meaning-change.ts';

/** The change of requests from one label to another. */
export interface Change {
  readonly kind: ChangedRequests['kind'];
  /** The applications that requests begin to reach, or no longer reach; empty if routing changes. */
  readonly applications: readonly string[];
}

/**
 * Returns the change between two labels. Requests gain access if they begin to reach an application, or if a smaller
 * share of them is refused. Clients of a gateway gain access to each application that the gateway didn't lead these
 * requests to. Callers inside the mesh don't: the application's own Access decides about them.
 */
export function changeOf([before, after]: readonly [Label, Label], isAtGateway: boolean): Change {
  const [was, is] = [reached(before), reached(after)];
  const added = is.filter((one) => !was.includes(one));
  const gone = was.filter((one) => !is.includes(one));
  if (isBarred(before) && !isFailure(after)) return { kind: 'gained', applications: added };
  if (isBarred(after) && !isFailure(before)) return { kind: 'lost', applications: gone };
  if (added.length > 0 && (was.length === 0 || isAtGateway)) return { kind: 'gained', applications: added };
  if (gone.length > 0 && is.length === 0) return { kind: 'lost', applications: gone };
  const [refused, refuses] = [refusedShare(before), refusedShare(after)];
  if (refused === refuses || isFailure(before) || isFailure(after))
    return { kind: 'routing', applications: [] };
  return { kind: refuses < refused ? 'gained' : 'lost', applications: [] };
}

/** Returns true if a request is refused by a rule, or if its destination doesn't exist for its caller. */
function isBarred(label: Label): boolean {
  return isFailure(label) && ((label.outcome === 'refused' && label.status !== 400) || label.hidden === true);
}

/** Returns the applications that requests reach: ids of services and Externals, or a host outside the mesh. */
function reached(label: Label): readonly string[] {
  if (!('outcome' in label) || label.outcome !== 'forwarded') return [];
  if ('outside' in label && typeof label.outside === 'string') return [label.outside];
  const shares = 'backends' in label ? (label.backends as readonly { readonly service: string }[]) : [];
  return [...new Set(shares.map(({ service }) => service))].sort();
}

function refusedShare(label: Label): number {
  return 'refusedShare' in label && typeof label.refusedShare === 'number' ? label.refusedShare : 0;
}
