import type { ReadDocument } from '../../../../import/read-document.ts';
import type { AccessRule, AccessTo } from '../../../../spec/types.gen.ts';
import type { ReadRule, ReadRules } from './access.ts';
import type { ReadPort } from './inbound-routes.ts';
import type { ReadService } from './services.ts';

/** Returns the Access of services, and the posture of those that no Access closes. */
export function accessDocuments(
  services: readonly ReadService[],
  ports: ReadonlyMap<string, ReadPort>,
): { readonly documents: readonly ReadDocument[]; readonly posture: 'allow' | 'deny' } {
  const read = services.map(({ id, known }) => {
    const own = known.ports.flatMap(({ name }) => {
      const port = ports.get(`${id} ${name}`);
      return port === undefined ? [] : [[name, port.rules] as const];
    });
    return { id, own, closed: own.some(([, { closed }]) => closed) };
  });
  const withPorts = read.filter(({ own }) => own.length > 0);
  const posture = withPorts.length > 0 && withPorts.every(({ closed }) => closed) ? 'deny' : 'allow';
  const documents = read.flatMap(({ id, own, closed }): readonly ReadDocument[] => {
    if (own.length === 0) return [];
    const [namespace = '', name = ''] = id.split('/');
    const rules = rulesOf(own, closed);
    const needsEmpty = closed && posture === 'allow' && !rules.some(({ allow }) => allow !== undefined);
    const document = (more: string, list: readonly AccessRule[]): ReadDocument => ({
      kind: 'Access',
      namespace,
      name: `${name}${more}`,
      spec: { service: name, rules: list },
      from: [],
      beside: id,
    });
    return [
      ...(rules.length > 0 ? [document('', rules)] : []),
      ...(needsEmpty ? [document(rules.length > 0 ? '-closed' : '', [])] : []),
    ];
  });
  return { documents, posture };
}

/** Returns the rules of all ports together: a rule is about the ports that have it. */
export function rulesOf(
  own: readonly (readonly [port: string, rules: ReadRules])[],
  closed: boolean,
): readonly AccessRule[] {
  const names = own.map(([name]) => name);
  const merged = (kind: 'allow' | 'deny'): readonly AccessRule[] => {
    const found = new Map<string, { readonly rule: ReadRule; readonly ports: string[] }>();
    for (const { key, rule, port } of own.flatMap((one) => positioned(one, kind, closed))) {
      const group = found.get(key);
      if (group === undefined) found.set(key, { rule, ports: [port] });
      else group.ports.push(port);
    }
    return [...found.values()].map(({ rule, ports }) => ruleOf(rule, ports, names, kind));
  };
  return [...merged('allow'), ...merged('deny')];
}

/** Returns the rules of a port with keys that the same rules of other ports have; an open port beside a closed one takes all. */
function positioned(
  [port, rules]: readonly [port: string, rules: ReadRules],
  kind: 'allow' | 'deny',
  closed: boolean,
): readonly { readonly key: string; readonly rule: ReadRule; readonly port: string }[] {
  const list: readonly (readonly [string, readonly ReadRule[]])[] =
    kind === 'allow' && closed && !rules.closed ? [['0', [{}]]] : [...rules[kind]];
  return list.flatMap(([position, parts]) =>
    parts.map((rule) => ({ key: JSON.stringify([position, rule]), rule, port })),
  );
}

function ruleOf(
  { from, to, when, except }: ReadRule,
  ports: readonly string[],
  names: readonly string[],
  kind: 'allow' | 'deny',
): AccessRule {
  const isEverywhere = ports.length === names.length;
  const place: AccessTo = isEverywhere ? {} : { ports };
  const calls = to ?? (isEverywhere ? undefined : [{}]);
  const rest = {
    ...(calls && { to: calls.map((one) => ({ ...place, ...one })) }),
    ...(when && when.length > 0 && { when: when.map(conditionOf) }),
    ...(except && { except }),
  };
  if (kind === 'allow') return { allow: { from: from ?? [{ anyone: true }], ...rest } };
  return { deny: { ...(from && { from }), ...rest } };
}

function conditionOf({ key, claims }: NonNullable<ReadRule['when']>[number]) {
  const tree: Record<string, unknown> = {};
  for (const { path, values } of claims) {
    let node = tree;
    for (const name of path.slice(0, -1)) node = (node[name] ??= {}) as Record<string, unknown>;
    node[path.at(-1) ?? ''] = values;
  }
  return {
    jwt: { issuer: key, ...(claims.length > 0 && { claims: tree as never }) },
  };
}
