import type { Access, AccessRule } from '../ir/access.ts';
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

/** The rule if it holds for callers without an identity; one that asks for an identity never matched. */
function forAnyone(rule: AccessRule): readonly AccessRule[] {
  if (rule.from === undefined) return [rule];
  return rule.from.some(({ type }) => type === 'anyone') ? [{ ...rule, from: [{ type: 'anyone' }] }] : [];
}
