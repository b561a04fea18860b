import type { NativeDocument } from '../../../import/native-document.ts';

/** The reasons for which an object of each kind changes nothing for calls in the mesh. */
const idle: Readonly<Record<string, string>> = {
  CiliumBGPAdvertisement: 'it says how addresses are made known outside',
  CiliumBGPClusterConfig: 'it says how addresses are made known outside',
  CiliumBGPNodeConfig: 'it says how addresses are made known outside',
  CiliumBGPNodeConfigOverride: 'it says how addresses are made known outside',
  CiliumBGPPeerConfig: 'it says how addresses are made known outside',
  CiliumBGPPeeringPolicy: 'it says how addresses are made known outside',
  CiliumEndpoint: 'Cilium writes it about pods',
  CiliumEndpointSlice: 'Cilium writes it about pods',
  CiliumGatewayClassConfig: 'it belongs to the installation of gateways',
  CiliumIdentity: 'Cilium writes it about labels',
  CiliumL2AnnouncementPolicy: 'it says how addresses are made known outside',
  CiliumLoadBalancerIPPool: 'addresses of gateways are the business of their controller',
  CiliumNode: 'Cilium writes it about nodes',
  CiliumNodeConfig: 'it belongs to the installation',
  CiliumPodIPPool: 'it belongs to the installation',
};

/** The difference that callers notice without an object of each kind. */
const lost: Readonly<Record<string, string>> = {
  CiliumCIDRGroup: 'ranges of addresses are no callers and no callees of the language',
  CiliumEgressGatewayPolicy: 'calls to hosts outside do not come from the address of a gateway',
  CiliumExternalWorkload: 'the machine outside of the cluster is not known: write an External or endpoints',
  CiliumLocalRedirectPolicy: 'calls to the address are not sent to a pod of the same node',
};

/** Filters of Envoy that refuse requests. */
const guards =
  /envoy\.filters\.(?:http|network)\.(?:rbac|jwt_authn|ext_authz|oauth2|basic_auth|api_key_auth)/;

/** Accounts for the specification of an object of Cilium that is no policy. */
export function readForeign({ root, kind }: NativeDocument): void {
  const spec = root.at('spec');
  if (kind === 'CiliumEnvoyConfig' || kind === 'CiliumClusterwideEnvoyConfig') {
    for (const [name, field] of spec.entries()) if (name !== 'resources') field.lost({ callers: listener });
    for (const resource of spec.at('resources').items())
      resource.lost({
        callers: listener,
        ...(guards.test(JSON.stringify(resource.value)) && {
          access: 'wider',
          witness: 'a request that a filter of this listener refuses',
        }),
      });
    return;
  }
  const difference = lost[kind];
  for (const [name, field] of root.entries()) {
    if (['apiVersion', 'kind', 'metadata', 'status'].includes(name)) continue;
    if (difference !== undefined) field.lost({ callers: difference });
    else field.withoutEffect(idle[kind] ?? '');
  }
}

const listener =
  'calls to the service do not pass a listener of Envoy: write what it does as a Route or as settings';

/** Kinds that `readForeign` accounts for. */
export const foreignKinds: readonly string[] = [
  ...Object.keys(idle),
  ...Object.keys(lost),
  'CiliumEnvoyConfig',
  'CiliumClusterwideEnvoyConfig',
];

/** Accounts for a NetworkPolicy of Kubernetes, which Cilium enforces, too. */
export function readNetworkPolicy({ root }: NativeDocument): void {
  root.at('spec').lost({
    callers: 'what a NetworkPolicy closes stays open: write it as a CiliumNetworkPolicy, or as an Access',
    access: 'wider',
    witness: 'a call to the selected pods from a caller that the policy does not name',
  });
}
