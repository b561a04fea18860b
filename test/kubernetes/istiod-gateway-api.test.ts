import { afterAll, beforeAll, describe, test } from 'vitest';
import { gatewayClassDefinition } from './harness/crds.ts';
import { appAddress, appVersions, doorPort, doorPrograms, IstiodDoor } from './harness/istiod-door.ts';
import { instancesOf, type PostedObject } from './harness/istiod-world.ts';

const namespace = 'by-istiod-gateway';

/** Features that the Gateway API has no words for. */
const lost =
  'settings.no-retries, settings.default-balancing, settings.default-connections, egress.deny, request.unsafe-paths, mtls.disabled';

/** The mesh before and after a change of its Route. */
const rules = {
  first: `
    - match: [{path: {prefix: /old}}]
      redirect: {path: /new, status: 301}
    - match: [{path: {prefix: /canary}, headers: {x-canary: {exact: "yes"}}}]
      backends: [{service: app, version: v2}]
    - match: [{path: {prefix: /}, methods: [GET, POST]}]
      backends: [{service: app, version: v1}]`,
  second: `
    - match: [{path: {prefix: /old}, headers: {x-canary: {exact: "yes"}}}]
      backends: [{service: app, version: v1}]
    - match: [{path: {prefix: /}, methods: [GET]}]
      rewrite: {path: {replaceFull: /moved}}
      backends: [{service: app, version: v2}]`,
};

/** Requests name the port, as clients do: a redirect of the Gateway API names that of the listener in any case. */
const requests = [
  { path: '/' },
  { path: '/', method: 'POST' },
  { path: '/', method: 'PUT' },
  { path: '/old/x' },
  { path: '/old/x', headers: { 'x-canary': 'yes' } },
  { path: '/canary/a', headers: { 'x-canary': 'yes' } },
  { path: '/canary/a' },
].map((request) => ({ gateway: `${namespace}/door`, host: `shop.example:${String(doorPort)}`, ...request }));

describe.skipIf(doorPrograms === undefined)('istiod that reads the Gateway API from the API server', () => {
  const door = (doorPrograms &&
    new IstiodDoor({
      namespace,
      target: `platform: gateway-api, options: {implementation: istio}, degrade: [${lost}]`,
      gatewayApi: true,
      definitions: [gatewayClassDefinition()],
      objects: (network) => [
        ...appVersions.map((version, i) =>
          instancesOf(`app-${version}`, namespace, [
            { address: appAddress(network, i), labels: { app: 'app', version } },
          ]),
        ),
        gatewayClass,
        serviceOf('door', doorPort, doorPort),
        serviceOf('app', 80, 8080),
        doorInstance,
      ],
    })) as IstiodDoor;
  beforeAll(() => door.start(), 120_000);
  afterAll(() => door.stop());

  test('an apply, another one and a rollback: the proxy answers as the spec says', {
    timeout: 120_000,
  }, async () => {
    await door.expectCycle(rules, requests);
  });
});

/** The class of the Gateways: istiod makes it only as the leader of its replicas. */
const gatewayClass = {
  at: '/apis/gateway.networking.k8s.io/v1/gatewayclasses',
  body: {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'GatewayClass',
    metadata: { name: 'istio' },
    spec: { controllerName: 'istio.io/gateway-controller' },
  },
};

/** Returns a Kubernetes Service, which the target expects to be there. */
function serviceOf(name: string, number: number, targetPort: number): PostedObject {
  return {
    at: `/api/v1/namespaces/${namespace}/services`,
    body: {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name, namespace },
      spec: { selector: { app: name }, ports: [{ name: 'http', port: number, targetPort }] },
    },
  };
}

/**
 * An instance of the Service of the gateway, without which istiod assigns no address to the Gateway. Its address isn't that of the
 * proxy, as an EndpointSlice takes none of the loopback: istiod finds the proxy by its labels.
 */
const doorInstance = {
  at: `/apis/discovery.k8s.io/v1/namespaces/${namespace}/endpointslices`,
  body: {
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: { name: 'door', namespace, labels: { 'kubernetes.io/service-name': 'door' } },
    addressType: 'IPv4',
    endpoints: [{ addresses: ['10.1.1.1'], conditions: { ready: true } }],
    ports: [{ name: 'http', port: doorPort, protocol: 'TCP' }],
  },
};
