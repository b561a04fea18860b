import type { Field } from '../../../import/field.ts';
import { readHeader } from '../../../import/kubernetes/metadata.ts';
import type { NativeDocument } from '../../../import/native-document.ts';
import type { Reader } from '../../../import/reader.ts';
import { istioReader } from '../../istio-objects/read/istio-reader.ts';
import { readGateway } from './gateways.ts';
import { Hierarchy } from './hierarchy.ts';
import { readSecurity, securityKinds } from './security.ts';
import { readServiceRoute } from './service-routes.ts';

const idle: Readonly<Record<string, string>> = {
  API: 'it describes requests to people; the gateway of the description is read where it is an object',
  AccessBindings: 'it says who may change the configuration, not who may call',
  Application: 'it groups descriptions of APIs',
  Organization: 'the place in the hierarchy is that of the target',
  Role: 'it says who may change the configuration, not who may call',
  SharedGatewayReferenceGrant: 'it says who may write routes',
  Team: 'it says who may change the configuration, not who may call',
  Tenant: 'the place in the hierarchy is that of the target',
};

const lost: Readonly<Record<string, string>> = {
  EgressGateway: 'calls to hosts outside do not pass this gateway: write a Gateway of the type egress',
  ServiceTrafficSetting:
    'times, tries and limits of the service are those of the Mesh: write them into the Service',
  Tier1Gateway: 'nothing enters by the gateway between clusters: write a Gateway',
  TrafficSetting: 'times, tries and limits of the group are those of the Mesh: write them into a Profile',
  WasmExtension: 'the proxies do nothing of what the plugin does',
};

const kinds: readonly string[] = [
  'Gateway',
  'Group',
  'IngressGateway',
  'ServiceRoute',
  'Workspace',
  ...securityKinds,
  ...Object.keys(idle),
  ...Object.keys(lost),
];

/** Reads the kinds of Tetrate Service Bridge, and the objects of Istio in its groups. */
const reader: Reader = {
  usesKubernetes: true,
  takes: (document) => istioReader.takes(document) || isOwn(document),
  read(documents, context) {
    const base = istioReader.read(
      documents.filter((one) => istioReader.takes(one)),
      context,
    );
    const own = documents.filter(isOwn);
    for (const document of own) {
      readHeader(document);
      readRest(document);
    }
    const hierarchy = new Hierarchy(own);
    const of = (...wanted: readonly string[]): readonly NativeDocument[] =>
      own.filter(({ kind, group }) => wanted.includes(kind) && group !== 'install.tetrate.io');
    return {
      documents: [
        ...base.documents,
        ...of('ServiceRoute').flatMap((one) => readServiceRoute(one, context)),
        ...of('Gateway', 'IngressGateway').flatMap((one) => readGateway(one, context)),
        ...readSecurity(own, hierarchy, context),
      ],
      ...(base.mesh && { mesh: base.mesh }),
    };
  },
};

export default reader;

function isOwn({ group, kind }: NativeDocument): boolean {
  if (group === 'install.tetrate.io') return true;
  return /(?:^|\.)tsb\.tetrate\.io$/.test(group) && kinds.includes(kind);
}

/** Accounts for objects, and parts of objects, that say nothing that a reader carries. */
function readRest({ root, kind, group }: NativeDocument): void {
  const spec = root.at('spec');
  if (group === 'install.tetrate.io') spec.withoutEffect('it belongs to the installation');
  else if (idle[kind] !== undefined) spec.withoutEffect(idle[kind]);
  else if (lost[kind] !== undefined) spec.lost({ callers: lost[kind] });
  else if (kind === 'Workspace' || kind === 'Group') readGroup(spec);
  else if (['WorkspaceSetting', 'TenantSetting', 'OrganizationSetting'].includes(kind)) readDefaults(spec);
}

const people = [
  'displayName',
  'description',
  'configGenerationMetadata',
  'fqn',
  'etag',
  'deletionProtectionEnabled',
];

function readGroup(spec: Field): void {
  for (const name of people) spec.at(name).withoutEffect('it changes nothing for callers');
  spec.at('configMode').withoutEffect('it says which kinds of objects the group takes');
  for (const name of ['isolationBoundary', 'privileged', 'securityDomain', 'profiles'])
    spec.at(name).lost({ callers: 'settings of the workspace itself are not carried' });
}

function readDefaults(spec: Field): void {
  for (const name of people) spec.at(name).withoutEffect('it changes nothing for callers');
  if (!spec.isPresent) return;
  for (const [name, field] of spec.entries())
    if (defaults.includes(name))
      field.lost({
        callers: 'times, limits and gateways between clusters are those of the Mesh and the target',
      });
}

const defaults: readonly string[] = [
  'defaultEastWestGatewaySettings',
  'defaultTrafficSetting',
  'failoverSettings',
  'hostsReachability',
  'networkSettings',
  'regionalFailover',
];
