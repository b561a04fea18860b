import type { Field } from '../../../import/field.ts';
import { leaveFields, type MeshSettings, type ReadSettings } from '../../smi-objects/read/mesh-settings.ts';

const howProxiesRun = 'the mesh does not manage how proxies run';

/** Reads the MeshConfig of config.openservicemesh.io/v1alpha2, by the fields of its CRD. */
export const meshConfig: MeshSettings = {
  group: 'config.openservicemesh.io',
  kind: 'MeshConfig',
  read(spec) {
    readProxies(spec);
    readObservability(spec.at('observability'));
    const traffic = spec.at('traffic');
    readExclusions(traffic);
    const authorizer = traffic.at('inboundExternalAuthorization');
    if (authorizer.at('enable').boolean() === true)
      authorizer.lost({
        callers: 'nobody asks the external authorizer: write it into an Authentication',
        access: 'wider',
      });
    else
      leaveFields(
        authorizer,
        ['address', 'port', 'statPrefix', 'timeout', 'failureModeAllow'],
        'the external authorizer is off',
      );
    const isPermissive = traffic.at('enablePermissiveTrafficPolicyMode').boolean() === true;
    const egress = traffic.at('enableEgress').boolean() === true ? 'allow' : 'deny';
    return {
      enforcement: isPermissive ? 'none' : 'all',
      mesh: {
        mtls: 'strict',
        access: isPermissive ? 'allow' : 'deny',
        egress,
        ...(isPermissive && { targets: { osm: { platform: 'osm', options: { enforcement: 'off' } } } }),
      },
    } satisfies ReadSettings;
  },
};

function readProxies(spec: Field): void {
  leaveFields(
    spec.at('sidecar'),
    [
      'enablePrivilegedInitContainer',
      'logLevel',
      'maxDataPlaneConnections',
      'envoyImage',
      'envoyWindowsImage',
      'initContainerImage',
      'resources',
      'configResyncInterval',
      'localProxyMode',
      'tlsMinProtocolVersion',
      'tlsMaxProtocolVersion',
      'cipherSuites',
      'ecdhCurves',
    ],
    howProxiesRun,
  );
  leaveFields(
    spec.at('certificate'),
    ['serviceCertValidityDuration', 'certKeyBitSize'],
    'the certificates of proxies come from their mesh',
  );
  spec
    .along('certificate', 'ingressGateway')
    .lost({ callers: 'the ingress gets no certificate from this spec' });
  leaveFields(
    spec.at('featureFlags'),
    [
      'enableWASMStats',
      'enableEgressPolicy',
      'enableMulticlusterMode',
      'enableSnapshotCacheMode',
      'enableAsyncProxyServiceMapping',
      'enableIngressBackendPolicy',
      'enableEnvoyActiveHealthChecks',
      'enableRetryPolicy',
    ],
    'the flag turns on kinds of objects that are listed by themselves',
  );
}

function readObservability(field: Field): void {
  leaveFields(
    field,
    ['outboundPortExclusionList', 'inboundPortExclusionList', 'outboundIPRangeExclusionList'],
    'the API has no such field here, and drops it: the lists stand under `traffic`',
  );
  leaveFields(field, ['osmLogLevel', 'enableDebugServer'], howProxiesRun);
  const tracing = field.at('tracing');
  if (tracing.at('enable').boolean() === true) tracing.lost({ callers: 'calls are not traced' });
  else leaveFields(tracing, ['port', 'address', 'endpoint'], 'tracing is off');
}

/** Lists of addresses and ports whose calls pass no proxy. */
function readExclusions(traffic: Field): void {
  for (const name of [
    'outboundIPRangeExclusionList',
    'outboundIPRangeInclusionList',
    'outboundPortExclusionList',
    'networkInterfaceExclusionList',
  ])
    if (traffic.at(name).items().length > 0)
      traffic.at(name).lost({ callers: 'calls that passed no proxy pass it, and so need an External' });
  const inbound = traffic.at('inboundPortExclusionList');
  if (inbound.items().length > 0)
    inbound.lost({
      callers: 'calls to these ports passed no proxy, and are decided by Access now',
      access: 'narrower',
    });
}
