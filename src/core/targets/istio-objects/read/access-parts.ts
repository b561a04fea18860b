import { defined, unlessEmpty } from '../../../import/defined.ts';
import type { AccessException, AccessTo, AccessWhen, Principal } from '../../../spec/types.gen.ts';

/**
 * Conditions of a source, an operation or a `when` in words of the language. A native rule is the product of its sources
 * and operations; all conditions of one combination hold together.
 */
export interface AccessParts {
  /** Undefined: any caller. */
  readonly from?: readonly Principal[];
  /** Alternatives; undefined: any call. */
  readonly to?: readonly AccessTo[];
  readonly when?: readonly AccessWhen[];
  readonly except?: readonly AccessException[];
  /** True if no call can fit: a rule that allows is left out. */
  readonly isNever?: boolean;
  /** True if a condition asks for requests, even one that every request fits: no connection of a stream fits then. */
  readonly asksRequests?: boolean;
}

/** A conjunction that the language can't say. */
const unsaid = 'unsaid';

/** Returns the conditions that hold if both hold; undefined if the language can't say that. */
export function both(one: AccessParts, other: AccessParts): AccessParts | undefined {
  const from = conjunction(one.from, other.from, intersection);
  const when = conjunction(one.when, other.when, bothWhen);
  const to = conjunction(one.to, other.to, bothTo);
  if (to === unsaid || when === unsaid || from === unsaid) return undefined;
  const isNever = [one.isNever, other.isNever, from?.length === 0, to?.length === 0].includes(true);
  const except = unlessEmpty([...(one.except ?? []), ...(other.except ?? [])]);
  const asksRequests = one.asksRequests === true || other.asksRequests === true;
  return defined({
    from,
    to,
    when,
    except,
    isNever: isNever || undefined,
    asksRequests: asksRequests || undefined,
  });
}

/** A condition that only one side has holds as it is. */
function conjunction<T extends object>(
  one: T | undefined,
  other: T | undefined,
  combine: (one: T, other: T) => T | typeof unsaid,
): T | undefined | typeof unsaid {
  return one !== undefined && other !== undefined ? combine(one, other) : (one ?? other);
}

function bothWhen(
  one: readonly AccessWhen[],
  other: readonly AccessWhen[],
): readonly AccessWhen[] | typeof unsaid {
  const combined = one.flatMap((first) => other.map((second) => oneToken(first, second)));
  return combined.every((item) => item !== undefined) ? combined : unsaid;
}

/** Claims of one token; two conditions on one claim can't be said. */
function oneToken({ jwt: first }: AccessWhen, { jwt: second }: AccessWhen): AccessWhen | undefined {
  if (first.issuer !== undefined && second.issuer !== undefined && first.issuer !== second.issuer)
    return undefined;
  const shared = Object.keys(first.claims ?? {}).filter((name) => Object.hasOwn(second.claims ?? {}, name));
  if (shared.length > 0) return undefined;
  const issuer = first.issuer ?? second.issuer;
  const claims = { ...first.claims, ...second.claims };
  return {
    jwt: {
      ...(issuer === undefined ? {} : { issuer }),
      ...(Object.keys(claims).length > 0 ? { claims } : {}),
    },
  };
}

function bothTo(one: readonly AccessTo[], other: readonly AccessTo[]): readonly AccessTo[] | typeof unsaid {
  const combined = one.flatMap((first) =>
    other.map((second) => {
      const shared = Object.keys(first).filter((name) => Object.hasOwn(second, name));
      if (shared.some((name) => name !== 'headers')) return undefined;
      const names = Object.keys(first.headers ?? {});
      if (names.some((name) => Object.hasOwn(second.headers ?? {}, name))) return undefined;
      const headers = { ...first.headers, ...second.headers };
      return { ...first, ...second, ...(Object.keys(headers).length > 0 ? { headers } : {}) };
    }),
  );
  return combined.every((item) => item !== undefined) ? combined : unsaid;
}

type PrincipalFields = Exclude<Principal, string>;

/** Callers of both lists, compared by the written fields. */
function intersection(
  one: readonly Principal[],
  other: readonly Principal[],
): readonly Principal[] | typeof unsaid {
  const results = one.flatMap((first) => other.map((second) => common(fieldsOf(first), fieldsOf(second))));
  if (results.includes(unsaid)) return unsaid;
  return results.filter((item): item is PrincipalFields => item !== undefined && item !== unsaid);
}

function fieldsOf(principal: Principal): PrincipalFields {
  return typeof principal === 'string' ? { service: principal } : principal;
}

/** Returns the callers that two principals have in common; undefined for none. */
function common(one: PrincipalFields, other: PrincipalFields): PrincipalFields | undefined | typeof unsaid {
  if (JSON.stringify(one) === JSON.stringify(other)) return one;
  if (holds(one, other)) return other;
  if (holds(other, one)) return one;
  const hasAddress = one.address !== undefined || other.address !== undefined;
  return hasAddress ? unsaid : undefined;
}

/** Returns true if every caller of the second principal is one of the first. */
function holds(wide: PrincipalFields, narrow: PrincipalFields): boolean {
  if (wide.anyone) return true;
  if (wide.authenticated) return narrow.address === undefined && narrow.anyone === undefined;
  return wide.namespace !== undefined && narrow.serviceAccount?.startsWith(`${wide.namespace}/`) === true;
}
