import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { apiVersions as appMeshVersions } from '../src/core/targets/app-mesh/object.ts';
import { crdVersions as certificateVersions } from '../src/core/targets/certificate-objects/object.ts';
import { apiVersions as ciliumVersions } from '../src/core/targets/cilium/object.ts';
import { kinds as consulKinds, apiVersion as consulVersion } from '../src/core/targets/consul/entry.ts';
import { apiVersions } from '../src/core/targets/gateway-api-objects/object.ts';
import { apiVersions as glooVersions } from '../src/core/targets/gloo-mesh/object.ts';
import istio from '../src/core/targets/istio/index.ts';
import { kinds as kumaKinds, apiVersion as kumaVersion } from '../src/core/targets/kuma/resource.ts';
import { apiVersions as linkerdVersions } from '../src/core/targets/linkerd/object.ts';
import { apiVersions as engineVersions } from '../src/core/targets/rollout-engines/object.ts';
import { groupVersions, workspaceVersion } from '../src/core/targets/tsb/groups.ts';
import { apiSchemas } from './native/aws-api.ts';
import { defaultsModule, kindDefaults } from './native/crd-defaults.ts';
import { crdTypesModule } from './native/crd-types.ts';
import { type KindSchemas, kindSchemas } from './native/crds.ts';
import { messagesModule } from './native/envoy-messages.ts';
import { envoySchema } from './native/envoy-schema.ts';
import { smiFiles } from './native/smi-files.ts';
import { withoutPods } from './native/without-pods.ts';
import type { Schema } from './schemas.ts';

const root = fileURLToPath(new URL('../', import.meta.url));

/** The files of CRDs in the folder of an argument, by version of Istio, oldest first. */
const istioFiles = {
  '1.30': 'istio/crd-all.gen.yaml',
  '1.31': 'istio/next-1.31.0-rc.0/crd-all.gen.yaml',
};
/** The CRDs of Linkerd 2.20, with the CRDs of the Gateway API that Linkerd installs. */
const linkerdFile = 'linkerd/linkerd-crds-with-gateway-api.yaml';
/** The CRDs of the engines of rollouts: Flagger 1.36 and Argo Rollouts 1.10. */
const engineFiles = [
  'flagger/crd.yaml',
  'argo-rollouts/rollout-crd.yaml',
  'argo-rollouts/analysis-template-crd.yaml',
];
/** The CRDs of cert-manager 1.21 and trust-manager 0.24. */
const certificateFiles = [
  'cert-manager/cert-manager.io_certificates.yaml',
  'cert-manager/trust.cert-manager.io_bundles.yaml',
];
/** The CRDs of Cilium 1.18, which those of later versions add nothing to for what is written. */
const ciliumFiles = ['cilium/cilium.io_ciliumnetworkpolicies.yaml'];
const envoyFile = 'envoy/envoy-v3.schema.json';
/** Folders of CRDs by channel of the Gateway API; the experimental channel has every field of the standard channel. */
const gatewayApiFolders = { standard: 'gateway-api/standard', experimental: 'gateway-api/experimental' };

/**
 * Writes types and structural schemas of the kinds that targets write, from a folder with the CRDs of the meshes and
 * Envoy's schema.
 */
function generateNative(folder: string): void {
  const owned = istio.owns.map(({ apiVersion, kind }) => `${apiVersion} ${kind}`);
  const ofIstio = owned.filter((kind) => !kind.startsWith(gatewayApiGroup));
  generateGatewayApi(folder);
  generateLinkerd(folder);
  generateConsul(folder);
  generateCilium(folder);
  generateKuma(folder);
  generateEngines(folder);
  generateCertificates(folder);
  generateSmi(folder);
  generateAppMesh(folder);
  generateGlooMesh(folder);
  generateTsb(folder);
  let newest: KindSchemas = {};
  for (const [version, file] of Object.entries(istioFiles)) {
    newest = kindSchemas([`${folder}/${file}`], ofIstio);
    write(`test/schemas/istio-${version}.gen.json`, schemasText(newest));
  }
  write('src/core/targets/istio-objects/crds/istio.gen.ts', crdTypesModule('Istio', newest));
  const envoy = envoySchema(`${folder}/${envoyFile}`, `${root}src/core/targets`);
  const parts = `"absent": ${JSON.stringify(envoy.absent)},\n"definitions": ${schemasText(envoy.definitions)}`;
  write('test/schemas/envoy.gen.json', `{\n${parts}}\n`);
  write('src/core/targets/envoy-filters/messages.gen.ts', messagesModule(envoy));
}

const gatewayApiGroup = 'gateway.networking.k8s.io/';

/** Returns the plural of a kind as file names of its CRD have it. */
function plural(kind: string): string {
  return `${kind.toLowerCase()}s`.replace(/([^aeiou])ys$/, '$1ies');
}

function generateGatewayApi(folder: string): void {
  let widest: KindSchemas = {};
  const defaults: Record<string, KindSchemas> = {};
  for (const [channel, channelFolder] of Object.entries(gatewayApiFolders)) {
    const files = Object.keys(apiVersions).map(
      (kind) => `${folder}/${channelFolder}/gateway.networking.k8s.io_${plural(kind)}.yaml`,
    );
    const kinds = Object.entries(apiVersions).map(([kind, apiVersion]) => `${apiVersion} ${kind}`);
    widest = kindSchemas(files, kinds);
    write(`test/schemas/gateway-api-${channel}.gen.json`, schemasText(widest));
    defaults[channel] = kindDefaults(widest);
  }
  write('src/core/targets/gateway-api-objects/defaults.gen.ts', defaultsModule(defaults));
  write('src/core/targets/gateway-api-objects/gateway-api.gen.ts', crdTypesModule('the Gateway API', widest));
}

/**
 * Writes the types for Linkerd. Routes of the version that Linkerd reads have the types of the Gateway API; Linkerd's
 * own CRDs list the fields that Linkerd knows.
 */
function generateLinkerd(folder: string): void {
  const files = [`${folder}/${linkerdFile}`];
  const typed = Object.entries(linkerdVersions).map(([kind, apiVersion]) => `${apiVersion} ${kind}`);
  const routes = [`${apiVersions.HTTPRoute} HTTPRoute`, `${apiVersions.GRPCRoute} GRPCRoute`];
  write('test/schemas/linkerd.gen.json', schemasText(kindSchemas(files, [...typed, ...routes])));
  write('src/core/targets/linkerd/crds/linkerd.gen.ts', crdTypesModule('Linkerd', kindSchemas(files, typed)));
}

function generateCilium(folder: string): void {
  const kinds = kindSchemas(
    ciliumFiles.map((file) => `${folder}/${file}`),
    Object.entries(ciliumVersions).map(([kind, apiVersion]) => `${apiVersion} ${kind}`),
  );
  write('test/schemas/cilium.gen.json', schemasText(kinds));
  write('src/core/targets/cilium/crds/cilium.gen.ts', crdTypesModule('Cilium', kinds));
}

/** Writes the types and schemas of the engines of rollouts; pods inside them are any object. */
function generateEngines(folder: string): void {
  const files = engineFiles.map((file) => `${folder}/${file}`);
  const typed = Object.entries(engineVersions).map(([kind, apiVersion]) => `${apiVersion} ${kind}`);
  const kinds = withoutPods(kindSchemas(files, typed));
  write('test/schemas/rollout-engines.gen.json', schemasText(kinds));
  write(
    'src/core/targets/rollout-engines/engines.gen.ts',
    crdTypesModule('the engines of rollouts', kinds).replace(
      '../../kubernetes-objects',
      '../kubernetes-objects',
    ),
  );
}

/** Writes the types and schemas of cert-manager and trust-manager. */
function generateCertificates(folder: string): void {
  const files = certificateFiles.map((file) => `${folder}/${file}`);
  const typed = Object.entries(certificateVersions).map(([kind, apiVersion]) => `${apiVersion} ${kind}`);
  const kinds = kindSchemas(files, typed);
  write('test/schemas/certificates.gen.json', schemasText(kinds));
  write(
    'src/core/targets/certificate-objects/certificates.gen.ts',
    crdTypesModule('cert-manager and trust-manager', kinds).replace(
      '../../kubernetes-objects',
      '../kubernetes-objects',
    ),
  );
}

/** Writes the types and schemas of consul-k8s 2.0. */
function generateConsul(folder: string): void {
  const files = consulKinds.map(
    (kind) =>
      `${folder}/consul/consul.hashicorp.com_${kind === 'Mesh' ? 'meshes' : plural(kind).replace(/ss$/, 's')}.yaml`,
  );
  const kinds = kindSchemas(
    files,
    consulKinds.map((kind) => `${consulVersion} ${kind}`),
  );
  write('test/schemas/consul.gen.json', schemasText(kinds));
  write('src/core/targets/consul/crds/consul.gen.ts', crdTypesModule('Consul', kinds));
}

/** Folders of the CRDs of Kuma by version; the types are those of the last one, whose fields the others have, too. */
const kumaFolders = { '2.14': 'kuma', '3.0': 'kuma/next-main' };

/** Writes the types and schemas of Kuma. */
function generateKuma(folder: string): void {
  let newest: KindSchemas = {};
  for (const [version, crds] of Object.entries(kumaFolders)) {
    newest = kindSchemas(
      kumaKinds.map((kind) => `${folder}/${crds}/kuma.io_${kumaPlural(kind)}.yaml`),
      kumaKinds.map((kind) => `${kumaVersion} ${kind}`),
    );
    write(`test/schemas/kuma-${version}.gen.json`, schemasText(newest));
  }
  write('src/core/targets/kuma/crds/kuma.gen.ts', crdTypesModule('Kuma', newest));
}

function kumaPlural(kind: string): string {
  return kind === 'MeshTLS' ? 'meshtlses' : plural(kind);
}

/** Writes the schemas of SMI as each release and each mesh installs it, and types of those that differ. */
function generateSmi(folder: string): void {
  for (const [name, { files, release, title }] of Object.entries(smiFiles)) {
    const kinds = kindSchemas(
      files.map((file) => `${folder}/${file}`),
      Object.entries(release).map(([kind, apiVersion]) => `${apiVersion} ${kind}`),
    );
    write(`test/schemas/smi-${name}.gen.json`, schemasText(kinds));
    if (title !== undefined)
      write(
        `src/core/targets/smi-objects/crds/smi-${name.replace('.', '-')}.gen.ts`,
        crdTypesModule(title, withFields(kinds)),
      );
  }
}

/** Writes the types and schemas of App Mesh: its CRDs, and the inputs of its API. */
function generateAppMesh(folder: string): void {
  const files = Object.keys(appMeshVersions).map(
    (kind) => `${folder}/appmesh/appmesh.k8s.aws_${plural(kind).replace(/hs$/, 'hes')}.yaml`,
  );
  const typed = Object.entries(appMeshVersions).map(([kind, apiVersion]) => `${apiVersion} ${kind}`);
  const kinds = kindSchemas(files, typed);
  write('test/schemas/app-mesh.gen.json', schemasText(kinds));
  write('src/core/targets/app-mesh/crds/app-mesh.gen.ts', crdTypesModule('App Mesh', kinds));
  write(
    'test/schemas/app-mesh-api.gen.json',
    schemasText(apiSchemas(`${folder}/appmesh/aws-api/service-2.json`)),
  );
}

/** Writes the types and schemas of Gloo Mesh. */
function generateGlooMesh(folder: string): void {
  const files = Object.entries(glooVersions).map(
    ([kind, apiVersion]) =>
      `${folder}/gloo-mesh/${apiVersion.replace(/\/.*/, '')}_${plural(kind).replace(/ss$/, 's')}.yaml`,
  );
  const typed = Object.entries(glooVersions).map(([kind, apiVersion]) => `${apiVersion} ${kind}`);
  const kinds = kindSchemas(files, typed);
  write('test/schemas/gloo-mesh.gen.json', schemasText(kinds));
  write('src/core/targets/gloo-mesh/crds/gloo-mesh.gen.ts', crdTypesModule('Gloo Mesh', kinds));
}

/** Writes the schemas of Tetrate Service Bridge, and the types of a workspace and of a group with all fields. */
function generateTsb(folder: string): void {
  const workspace = `${workspaceVersion} Workspace`;
  const versions = Object.values(groupVersions);
  const files = [
    `${folder}/tsb/tsb.tetrate.io_workspaces.yaml`,
    ...versions.map((version) => `${folder}/tsb/${version.replace(/\/.*/, '')}_groups.yaml`),
  ];
  const kinds = kindSchemas(files, [workspace, ...versions.map((version) => `${version} Group`)]);
  write('test/schemas/tsb.gen.json', schemasText(kinds));
  const typed = kindSchemas(files, [workspace, `${groupVersions.security} Group`]);
  write('src/core/targets/tsb/crds/tsb.gen.ts', crdTypesModule('Tetrate Service Bridge', typed));
}

/** Returns the kinds whose `spec` has fields. */
function withFields(kinds: KindSchemas): KindSchemas {
  return Object.fromEntries(
    Object.entries(kinds).filter(([, { properties }]) => {
      const { spec = {} } = properties as Readonly<Record<string, Schema>>;
      return 'properties' in spec;
    }),
  );
}

/** Returns the schemas with each kind on a line of its own, so that a diff shows the kind. */
function schemasText(kinds: KindSchemas): string {
  const lines = Object.entries(kinds).map(
    ([kind, schema]) => `${JSON.stringify(kind)}: ${JSON.stringify(schema)}`,
  );
  return `{\n${lines.join(',\n')}\n}\n`;
}

function write(file: string, text: string): void {
  mkdirSync(dirname(root + file), { recursive: true });
  writeFileSync(root + file, text);
  console.log(`wrote ${file}`);
}

const [folder] = process.argv.slice(2);
if (folder === undefined) throw new Error('usage: npm run generate:native -- FOLDER-WITH-CRDS');
generateNative(folder);
