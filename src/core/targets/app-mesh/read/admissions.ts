import type { AccessRule, Principal } from '../../../spec/types.gen.ts';

/** The callers that a listener lets in by their certificates. */
export interface Admission {
  /** True if it takes no plain text. */
  readonly isStrict: boolean;
  /** True if it takes nothing else. */
  readonly isPlain: boolean;
  /** True if it asks for a certificate of the mesh, whose authority it names. */
  readonly isVerified: boolean;
  /** SPIFFE IDs of which a caller has to have one; absent if the listener names none. */
  readonly names?: readonly string[];
}

/** The callers of a service, as the rules of its Access have them. */
export interface Callers {
  /** True if every node may call every service. */
  readonly isOpen: boolean;
  /** True if callers without a certificate of the mesh count where a listener takes them. */
  readonly isExact: boolean;
  /** The nodes and gateways with the service as a backend. */
  readonly callers: readonly Principal[];
  /** The other nodes, whose own proxies refuse to call it. */
  readonly others: readonly Principal[];
  /** Returns false for a name that no caller with the backend has. */
  readonly mayCall: (name: string) => boolean;
}

/** Returns the admission of a port of two nodes of one service: a caller has to get in at both. */
export function bothAdmissions(one: Admission | undefined, other: Admission): Admission {
  if (one === undefined) return other;
  const names =
    one.names === undefined || other.names === undefined
      ? (one.names ?? other.names)
      : one.names.filter((name) => other.names?.includes(name));
  return {
    isStrict: one.isStrict || other.isStrict,
    isPlain: one.isPlain && other.isPlain,
    isVerified: one.isVerified && other.isVerified,
    ...(names && { names }),
  };
}

/** Returns the rules of a service by the names of its ports; undefined if every caller gets in at each of them. */
export function accessRules(
  ports: ReadonlyMap<string, Admission>,
  callers: Callers,
): readonly AccessRule[] | undefined {
  const rules = [...ports].map(([port, admission]) => ({ port, allow: allowed(admission, callers) }));
  if (rules.every(({ allow }) => allow === undefined)) return undefined;
  const byRule = Map.groupBy(rules, ({ allow = anyone }) => JSON.stringify(allow));
  return [...byRule.values()].flatMap((alike): readonly AccessRule[] => {
    const allow = alike[0]?.allow ?? anyone;
    if (allow.from.length === 0) return [];
    if (alike.length === ports.size) return [{ allow }];
    return [{ allow: { ...allow, to: [{ ports: alike.map(({ port }) => port) }] } }];
  });
}

interface Allowed {
  readonly from: readonly Principal[];
  readonly except?: readonly { readonly from: readonly Principal[] }[];
}

const anyone: Allowed = { from: [{ anyone: true }] };

/** Returns the callers of a port; undefined for all of them. */
function allowed(
  { isStrict, isVerified, names }: Admission,
  { isOpen, isExact, callers, others, mayCall }: Callers,
): Allowed | undefined {
  if (names !== undefined)
    return { from: names.filter((name) => isOpen || mayCall(name)).map((principal) => ({ principal })) };
  if (isOpen) return undefined;
  if (!isVerified && !isExact) return { from: callers };
  const from: readonly Principal[] = isVerified && isStrict ? [{ authenticated: true }] : [{ anyone: true }];
  return { from, ...(others.length > 0 && { except: [{ from: others }] }) };
}
