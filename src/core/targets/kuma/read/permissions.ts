import type { Difference } from '../../../import/fate.ts';
import type { Field } from '../../../import/field.ts';
import { serviceId } from '../../../import/inventory.ts';
import type { NativeDocument } from '../../../import/native-document.ts';
import type { ReadDocument } from '../../../import/read-document.ts';
import type { AccessRule, Principal } from '../../../spec/types.gen.ts';
import { type KumaContext, selectCallers, selectWorkloads } from './places.ts';

/** The Access of one service while permissions are read. */
interface Guarded {
  readonly rules: AccessRule[];
  readonly from: Field[];
}

/** Returns the Access of each service that a permission selects: lists of all permissions add up, and a deny wins. */
export function readPermissions(
  documents: readonly NativeDocument[],
  trustDomain: string,
  context: KumaContext,
): readonly ReadDocument[] {
  const guarded = new Map<string, Guarded>();
  for (const document of documents) {
    const { root } = document;
    const spec = root.at('spec');
    const namespace = context.namespaceOf(document);
    const selected = selectWorkloads(spec.at('targetRef'), namespace, context);
    const rules = [
      ...spec
        .at('from')
        .items()
        .flatMap((one) => readFrom(one, namespace, context)),
      ...spec
        .at('rules')
        .items()
        .flatMap((one) => readRule(one.at('default'), trustDomain)),
    ];
    const denies = rules.some(({ deny }) => deny !== undefined);
    if (selected === undefined || selected.services.length === 0) {
      spec.lost(nowhere('the workloads are not found by their labels', denies));
      continue;
    }
    if (selected.partly.length > 0)
      spec.at('targetRef').differently({
        callers:
          'the other pods of a service are not selected: it lets nobody in by this, and refuses at all its pods',
        access: 'narrower',
      });
    for (const service of selected.services) {
      const port = service.ports.find(({ nativeName, name, port: number }) =>
        [nativeName, name, String(number)].includes(selected.port ?? ''),
      );
      if (selected.port !== undefined && port === undefined) {
        spec.along('targetRef', 'sectionName').lost(nowhere('no port has this name', denies));
        continue;
      }
      const id = serviceId(service);
      const own = guarded.get(id) ?? { rules: [], from: [] };
      guarded.set(id, own);
      const held = selected.partly.includes(service) ? rules.filter(({ deny }) => deny !== undefined) : rules;
      own.rules.push(...(port === undefined ? held : held.map((rule) => atPort(rule, port.name))));
      own.from.push(root);
    }
  }
  return [...guarded].map(([id, { rules, from }]) => {
    const [namespace = '', service = ''] = id.split('/');
    return { kind: 'Access', namespace, name: service, spec: { service, rules }, from, beside: id };
  });
}

/** Returns the difference of rules that hold nowhere in the spec. */
function nowhere(why: string, denies: boolean): Difference {
  return denies
    ? { callers: `${why}, so that nobody is refused there`, access: 'wider' }
    : { callers: `${why}, so that nobody is let in there`, access: 'narrower' };
}

function atPort(rule: AccessRule, port: string): AccessRule {
  const to = [{ ports: [port] }];
  if (rule.allow !== undefined) return { allow: { ...rule.allow, to } };
  return { deny: { ...rule.deny, to } };
}

/** Reads an entry of the old form, whose entries for some callers replace those for more. */
function readFrom(entry: Field, namespace: string, context: KumaContext): readonly AccessRule[] {
  const action = entry.along('default', 'action');
  const word = action.text() ?? '';
  // The first releases wrote the words in capitals.
  const said = { ALLOW: 'Allow', DENY: 'Deny', ALLOW_WITH_SHADOW_DENY: 'AllowWithShadowDeny' }[word] ?? word;
  const from = selectCallers(entry.at('targetRef'), namespace, context, said === 'Deny' ? 'deny' : 'allow');
  if (said === 'Deny') {
    action.differently({ callers: 'the deny also wins over an allow for fewer callers', access: 'narrower' });
    return [{ deny: { from: from ?? [{ authenticated: true }] } }];
  }
  if (from === undefined) {
    const ref = entry.at('targetRef');
    if (!ref.marks.some(({ type }) => type === 'carried differently'))
      ref.lost({ callers: 'these callers are not found, and are refused', access: 'narrower' });
    return [];
  }
  return said === 'Allow' || said === 'AllowWithShadowDeny' ? [{ allow: { from } }] : [];
}

function readRule(lists: Field, trustDomain: string): readonly AccessRule[] {
  const shadow = lists.at('allowWithShadowDeny');
  const allowed = [...lists.at('allow').items(), ...shadow.items()].flatMap((match) => {
    const from = readMatch(match, trustDomain);
    if (from === undefined) match.lost({ callers: 'these callers are refused', access: 'narrower' });
    return from ?? [];
  });
  const denied = lists
    .at('deny')
    .items()
    .flatMap((match): readonly Principal[] => {
      const from = readMatch(match, trustDomain);
      if (from !== undefined) return from;
      match.lost({
        callers: 'the spec can not name these callers, so that all are refused',
        access: 'narrower',
      });
      return [{ authenticated: true }];
    });
  return [
    ...(allowed.length > 0 ? [{ allow: { from: allowed } }] : []),
    ...(denied.length > 0 ? [{ deny: { from: denied } }] : []),
  ];
}

/** Returns the callers of a condition; undefined if the language can't name them. */
function readMatch(match: Field, trustDomain: string): readonly Principal[] | undefined {
  const id = match.at('spiffeID');
  const [type, value] = [id.at('type').text(), id.at('value').text()];
  if (match.at('sni').isPresent || value === undefined) return undefined;
  if (type === 'Exact')
    return /^spiffe:\/\/[a-z0-9._-]+(?:\/[A-Za-z0-9._-]+)+$/.test(value) ? [{ principal: value }] : undefined;
  const [, domain, namespace] = /^spiffe:\/\/([^/]+)\/(?:ns\/([a-z0-9-]+)\/sa\/)?$/.exec(value) ?? [];
  if (type !== 'Prefix') return undefined;
  if (value === 'spiffe://') return [{ authenticated: true }];
  // A prefix within a name, such as `/ns/a`, would also be one of other names.
  if (domain !== trustDomain) return undefined;
  return namespace === undefined ? [{ authenticated: true }] : [{ namespace }];
}
