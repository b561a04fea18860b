import type { Access, AccessRule, CallerMatch } from '../ir/access.ts';
import { type MtlsMode, mtlsOf, type Service } from '../ir/service.ts';
import type { Modes } from './modes-between.ts';

/**
 * Returns access for other modes of mTLS with the meaning of the service's access under its own modes: with strict mTLS
 * every caller had an identity, and with disabled mTLS no caller had one. Ports with different changes get separate
 * rules.
 */
export function accessUnder(service: Service, modes: Modes): Access {
  const changes = service.ports.map((port) => {
    const wanted = modes.ports.find(({ name }) => name === port.name);
    return { port: port.name, from: mtlsOf(service, port), to: mtlsOf(modes, wanted ?? {}) };
  });
  const meanings = changes.map(({ port, from, to }) => ({ port, access: translated(service, from, to) }));
  const [first] = meanings;
  if (first === undefined) return translated(service, service.mtls, modes.mtls);
  if (changes.every(({ from, to }) => meaningOf(from, to) === meaningOf(changes[0]?.from, changes[0]?.to)))
    return first.access;
  const closed = meanings.some(({ access }) => access.closed);
  const anyone = { origin: service.origin, from: [{ type: 'anyone' }] } as const;
  return {
    closed,
    allow: meanings.flatMap(({ port, access }) =>
      access.closed ? access.allow.flatMap((rule) => onPort(rule, port)) : closed ? onPort(anyone, port) : [],
    ),
    deny: meanings.flatMap(({ port, access }) => access.deny.flatMap((rule) => onPort(rule, port))),
  };
}

/**
 * Returns the mode whose meaning the rules have to keep: `strict`, `disabled`, or `permissive` if nothing is rewritten.
 */
function meaningOf(from: MtlsMode = 'permissive', to: MtlsMode = from): MtlsMode {
  return from === to ? 'permissive' : from;
}

function translated(service: Service, from: MtlsMode, to: MtlsMode): Access {
  const meaning = meaningOf(from, to);
  if (meaning === 'permissive') return service.access;
  return meaning === 'strict' ? identified(service) : anonymous(service.access);
}

/** Returns the rule for calls to one port; an empty list if the rule is for other ports only. */
function onPort(rule: AccessRule, port: string): readonly AccessRule[] {
  if (rule.to === undefined) return [{ ...rule, to: [{ origin: rule.origin, ports: [port] }] }];
  const to = rule.to
    .filter(({ ports }) => ports === undefined || ports.includes(port))
    .map((operation) => ({ ...operation, ports: [port] }));
  return to.length === 0 ? [] : [{ ...rule, to }];
}

function identified({ access, origin }: Service): Access {
  if (!access.closed) {
    // An open service under strict mTLS lets in exactly the callers with an identity.
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

/**
 * Returns the rule if it applies to callers without an identity, else an empty list. Leaves out exceptions that ask for
 * an identity, which never matched.
 */
function forAnyone({ except: written, ...whole }: AccessRule): readonly AccessRule[] {
  const except = (written ?? []).filter(({ from }) => from === undefined || takesAnyone(from));
  const rule = { ...whole, ...(except.length > 0 && { except }) };
  if (rule.from === undefined) return [rule];
  return takesAnyone(rule.from) ? [{ ...rule, from: [{ type: 'anyone' }] }] : [];
}

function takesAnyone(from: readonly CallerMatch[]): boolean {
  return from.some(({ type }) => type === 'anyone');
}
