import type { Cluster } from '@kubernetes/client-node/dist/config_types.js';
import type { Json } from '../../core/lib/json.ts';
import { jsonRecord } from '../../core/lib/json-record.ts';
import { readRegularFile } from '../regular-file.ts';

/** The name of a cluster's extension in a kubeconfig whose content a plug-in gets as `spec.cluster.config`. */
const extensionName = 'client.authentication.k8s.io/exec';

/** Fields of a kubeconfig's cluster that the client library drops. */
export interface ClusterExtras {
  readonly disableCompression: boolean;
  /** Settings for plug-ins, of any shape. */
  readonly config: Json | undefined;
}

/**
 * Returns the text of KUBERNETES_EXEC_INFO for a credential plug-in: an ExecCredential (client.authentication.k8s.io),
 * with the cluster if the plug-in asks for it by `provideClusterInfo`. Throws if the file of the cluster's certificate
 * authority can't be read.
 */
export function execInfo(
  apiVersion: string,
  about: { readonly cluster: Cluster; readonly extras: ClusterExtras | undefined } | undefined,
): string {
  const cluster = about && clusterInfo(about.cluster, about.extras);
  return JSON.stringify({
    kind: 'ExecCredential',
    apiVersion,
    spec: { ...(cluster && { cluster }), interactive: false },
  });
}

/** Returns `spec.cluster` with the fields that client-go sends; an unset field is absent. */
function clusterInfo(cluster: Cluster, extras: ClusterExtras | undefined): object {
  const { server, tlsServerName, skipTLSVerify, proxyUrl, caData, caFile } = cluster;
  const authority = caData ?? (caFile && readRegularFile(caFile, { most }).toString('base64'));
  return {
    server,
    ...(tlsServerName && { 'tls-server-name': tlsServerName }),
    ...(skipTLSVerify && { 'insecure-skip-tls-verify': true }),
    ...(authority && { 'certificate-authority-data': authority }),
    ...(proxyUrl && { 'proxy-url': proxyUrl }),
    ...(extras?.disableCompression && { 'disable-compression': true }),
    ...(extras?.config !== undefined && { config: extras.config }),
  };
}

/** The most bytes of a file with certificates. */
const most = 16 * 1024 * 1024;

/** Returns the extras of the clusters of a kubeconfig by the cluster's name. */
export function clusterExtras(kubeconfig: Json): ReadonlyMap<string, ClusterExtras> {
  const found = recordsOf(jsonRecord(kubeconfig)['clusters']).flatMap(({ name, cluster }) => {
    if (typeof name !== 'string') return [];
    const { extensions, 'disable-compression': disable } = jsonRecord(cluster);
    const own = recordsOf(extensions).find((one) => one['name'] === extensionName);
    return [[name, { disableCompression: disable === true, config: own?.['extension'] }] as const];
  });
  return new Map(found);
}

function recordsOf(list: Json | undefined): readonly Readonly<Record<string, Json | undefined>>[] {
  return Array.isArray(list) ? (list as readonly Json[]).map(jsonRecord) : [];
}
