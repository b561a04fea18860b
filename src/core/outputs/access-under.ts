import type { Access, AccessRule, CallerMatch } from '../ir/access.ts';
import type { Service } from '../ir/service.ts';

/**
 * Access that means under the mode `mtls` what the service's own means under its own mode: where mTLS was strict
 * nobody without an identity passed, and where it was disabled nobody had one.
 */
export function accessUnder(service: Service, mtls: Service['mtls']): Access {
  if (service.mtls === mtls || service.mtls === 'permissive') return service.access;
  return service.mtls === 'strict' ? identified(service) : anonymous(service.access);
}

function identified({ access, origin }: Service): Access {
  if (!access.closed) {
    // Open under strict mTLS takes everybody who shows an identity, and nobody else.
    return { closed: true, allow: [{ origin, from: [{ type: 'authenticated' }] }], deny: access.deny };
  }
  return {
    ...access,
    allow: access.allow.map((rule) => ({
      ...rule,
      ...(rule.from && {
        from: rule.from.map((who) => (who.type === 'anyone' ? ({ type: 'authenticated' } as const) : who)),
      }),
    })),
  };
}

function anonymous(access: Access): Access {
  return {
    closed: access.closed,
    allow: access.allow.flatMap(forAnyone),
    deny: access.deny.flatMap(forAnyone),
  };
}

/** The rule if it holds for callers without an identity; a rule, or an exception, that asks for an identity never matched. */
function forAnyone({ except: written, ...whole }: AccessRule): readonly AccessRule[] {
  const except = (written ?? []).filter(({ from }) => from === undefined || takesAnyone(from));
  const rule = { ...whole, ...(except.length > 0 && { except }) };
  if (rule.from === undefined) return [rule];
  return takesAnyone(rule.from) ? [{ ...rule, from: [{ type: 'anyone' }] }] : [];
}

function takesAnyone(from: readonly CallerMatch[]): boolean {
  return from.some(({ type }) => type === 'anyone');
}
