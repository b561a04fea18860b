import type { Field } from '../../../import/field.ts';
import { type KnownService, serviceId } from '../../../import/inventory.ts';
import type { NativeDocument } from '../../../import/native-document.ts';
import type { ReadDocument } from '../../../import/read-document.ts';
import type { ReadContext } from '../../../import/reader.ts';
import type { Principal } from '../../../spec/types.gen.ts';
import { type Hierarchy, hasNamespace, serviceOf } from './hierarchy.ts';

/** Security settings of services, from the nearest level to the widest. */
interface Setting {
  /** 0 for a service, 1 for a group, 2 for a workspace, 3 for a tenant or the organization. */
  readonly level: number;
  readonly holdsFor: (service: KnownService) => boolean;
  readonly field: Field;
  /** The namespaces of the group, and of the workspace. */
  readonly groups: Readonly<Record<'GROUP' | 'WORKSPACE', readonly string[]>>;
}

/** Kinds that hold security settings. */
export const securityKinds: readonly string[] = [
  'SecuritySetting',
  'ServiceSecuritySetting',
  'WorkspaceSetting',
  'TenantSetting',
  'OrganizationSetting',
];

/** Reads who may call, and who needs an identity: the nearest setting that says it holds. */
export function readSecurity(
  documents: readonly NativeDocument[],
  hierarchy: Hierarchy,
  context: ReadContext,
): readonly ReadDocument[] {
  const settings = documents
    .filter(({ kind }) => securityKinds.includes(kind))
    .flatMap((one) => settingOf(one, hierarchy, context))
    .sort((one, other) => one.level - other.level);
  for (const { field } of settings) readRest(field);
  const used = new Set<Setting>();
  const found = context.inventory.services.flatMap((service) => {
    const own = settings.filter(({ holdsFor }) => holdsFor(service));
    for (const one of own) used.add(one);
    return [...modeOf(service, own), ...accessOf(service, own)];
  });
  for (const setting of settings)
    if (!used.has(setting) && setting.field.at('authorization').isPresent)
      setting.field.at('authorization').lost({
        callers: 'no Service of the input is in its namespaces, so that it closes nothing in the spec',
        access: 'wider',
        witness: 'a call to a service of the group from outside of it',
      });
  return found;
}

function settingOf(document: NativeDocument, hierarchy: Hierarchy, context: ReadContext): readonly Setting[] {
  const { root, kind } = document;
  const spec = root.at('spec');
  const groups = {
    GROUP: hierarchy.of(document, 'security'),
    WORKSPACE: hierarchy.of(document, 'workspace'),
  };
  if (kind === 'SecuritySetting')
    return [
      { level: 1, field: spec, groups, holdsFor: ({ namespace }) => hasNamespace(groups.GROUP, namespace) },
    ];
  if (kind === 'ServiceSecuritySetting') {
    const id = serviceOf(spec.at('service').text() ?? '', context);
    return [
      { level: 0, field: spec.at('settings'), groups, holdsFor: (service) => serviceId(service) === id },
    ];
  }
  const field = spec.at('defaultSecuritySetting');
  if (!field.isPresent) return [];
  if (kind === 'WorkspaceSetting')
    return [
      { level: 2, field, groups, holdsFor: ({ namespace }) => hasNamespace(groups.WORKSPACE, namespace) },
    ];
  return [{ level: kind === 'TenantSetting' ? 3 : 4, field, groups, holdsFor: () => true }];
}

/** Accounts for fields of a setting that the language has no form for. */
function readRest(setting: Field): void {
  if (setting.isPresent) setting.entries();
  const guards: readonly (readonly [Field, string])[] = [
    [
      setting.along('authenticationSettings', 'http'),
      'no token is checked: write an Authentication with this issuer',
    ],
    [
      setting.along('authorization', 'http'),
      'conditions on tokens, and an external authorizer, are not asked',
    ],
    [setting.at('waf'), 'requests that the firewall refuses are let in'],
  ];
  for (const [field, callers] of guards)
    field.lost({ callers, access: 'wider', witness: 'a request that the setting refuses' });
  setting.at('extension').lost({ callers: 'the proxies do nothing of what the plugin does' });
  for (const name of ['displayName', 'description', 'configGenerationMetadata', 'fqn', 'etag'])
    setting.at(name).withoutEffect('it changes nothing for callers');
  const strategy = setting.at('propagationStrategy');
  if (strategy.value === 'REPLACE')
    strategy.withoutEffect('the nearest setting holds, whatever those above it say');
  else
    strategy.lost({
      callers: 'the nearest setting holds, whatever those above it say: a setting below may let in more',
      access: 'wider',
      witness: 'a call that only the setting above refuses',
    });
  setting
    .along('authorization', 'identityMatch')
    .differently({ callers: 'the caller is the one of the connection' });
  // The mode says whether these mean something.
  setting.along('authorization', 'serviceAccounts').texts();
}

function modeOf(service: KnownService, settings: readonly Setting[]): readonly ReadDocument[] {
  for (const { field } of settings) {
    const said =
      field.along('authenticationSettings', 'trafficMode').text() ?? field.at('authentication').text();
    if (said !== 'REQUIRED' && said !== 'OPTIONAL') continue;
    const { namespace, name } = service;
    const mtls = said === 'REQUIRED' ? 'strict' : 'permissive';
    return [{ kind: 'Service', namespace, name, spec: { mtls }, from: [field], beside: serviceId(service) }];
  }
  return [];
}

function accessOf(service: KnownService, settings: readonly Setting[]): readonly ReadDocument[] {
  for (const setting of settings) {
    const authorization = setting.field.at('authorization');
    const mode = authorization.at('mode').text() ?? 'UNSET';
    if (mode === 'UNSET') continue;
    if (mode === 'DISABLED') return [];
    const from = callersOf(mode, authorization, service, setting);
    const { namespace, name } = service;
    return [
      {
        kind: 'Access',
        namespace,
        name,
        spec: { service: name, ...(from.length > 0 && { rules: [{ allow: { from } }] }) },
        from: [setting.field],
        beside: serviceId(service),
      },
    ];
  }
  return [];
}

function callersOf(
  mode: string,
  authorization: Field,
  { namespace }: KnownService,
  { groups }: Setting,
): readonly Principal[] {
  const inNamespaces = (names: readonly string[]): readonly Principal[] =>
    names.includes('*') ? [{ authenticated: true }] : names.map((name) => ({ namespace: name }));
  if (mode === 'NAMESPACE') return [{ namespace }];
  if (mode === 'GROUP' || mode === 'WORKSPACE') {
    if (groups[mode].length === 0)
      authorization.at('mode').lost({
        callers: `the ${mode.toLowerCase()} is not among the input, so that its callers are not known and are refused`,
        access: 'narrower',
      });
    return inNamespaces(groups[mode]);
  }
  if (mode === 'CLUSTER') return [{ authenticated: true }];
  if (mode === 'CUSTOM')
    return authorization
      .at('serviceAccounts')
      .items()
      .flatMap((item) => accountOf(item, namespace));
  authorization.lost({
    callers: 'rules name groups and not accounts, so that nobody is let in: write Accesses',
    access: 'narrower',
  });
  return [];
}

function accountOf(item: Field, own: string): readonly Principal[] {
  const [home = '', account = ''] = (item.text() ?? '').split('/');
  const namespace = home === '.' ? own : home;
  if (namespace === '*' && account === '*') return [{ authenticated: true }];
  if (/^[a-z0-9-]+$/.test(namespace) && account === '*') return [{ namespace }];
  if (/^[a-z0-9-]+$/.test(namespace) && /^[a-z0-9.-]+$/.test(account))
    return [{ serviceAccount: `${namespace}/${account}` }];
  item.lost({ callers: 'the language can not name these callers, and they are refused', access: 'narrower' });
  return [];
}
