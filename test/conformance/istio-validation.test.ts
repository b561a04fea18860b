import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { meshCases } from '../cases/cases.ts';
import { linkedMesh } from '../cases/linked-mesh.ts';
import { Authority, type Pair } from './harness/authorities.ts';
import { namedSecrets } from './harness/gateway-api/with-secrets.ts';
import { compiledObjects } from './harness/istio/compiled-objects.ts';
import { analyzed, examined, type Message, validated } from './harness/istio/istioctl.ts';
import type { KubernetesObject } from './harness/istio/kubernetes-object.ts';
import { placed } from './harness/istio/placed-mesh.ts';
import { registry } from './harness/istio/registry.ts';

const istioctl = process.env['ISTIOCTL'] ?? '';
const istioXds = process.env['ISTIO_XDS'] ?? '';

/** Warnings that are not our fault: the objects that they are about, their text, and the reason why they stay. */
const explained: readonly {
  readonly origin: RegExp;
  readonly message: RegExp;
  readonly why: string;
  /** True if istioctl calls it an error. */
  readonly error?: true;
}[] = [
  {
    origin: /^RequestAuthentication/,
    message: /jwks key at index 0 contains private key material/,
    why: 'the issuers of the cases sign with symmetric keys, so that a test can sign, too',
  },
  {
    origin: /^AuthorizationPolicy.*\bdeny\./,
    message: /will deny all traffic to TCP ports under its scope/,
    why: 'a service or gateway with only HTTP ports has no TCP port that the rule could match; with both, rules name their ports',
  },
  {
    origin: /^EnvoyFilter/,
    message: /EnvoyFilter exposes internal implementation details/,
    why: 'they express what no other object of Istio can, each gives its reason, and they are tested with each version',
  },
  {
    origin: /^Telemetry/,
    message: /have no workload selector, which can lead to undefined behavior/,
    why: 'istioctl mistakes a Telemetry for a Service, by targetRefs, for one of the whole namespace',
    error: true,
  },
  {
    origin: /^VirtualService.(?:edge|infra)\//,
    message: /is not used|not used \(all matches used by prior rules\)/,
    why: 'Routes of lower priority, or for callers that a listener never has, stay behind a rule that matches all requests',
  },
  {
    origin: /^VirtualService/,
    message:
      /match #0 of prefix (\S+)\/ is not used \(duplicate\/overlapping match in rule #\d+ of prefix \1 /,
    why: 'the narrower prefix comes first, so that no slash is doubled; istioctl ignores the order',
  },
  {
    origin: /^VirtualService.shop\/pages$/,
    message: /rule "pages\/deep" match #1 of prefix \/old\/deep\/ is not used/,
    why: 'the case `onward` has a rule that never matches, because the one before it matches all requests',
  },
  {
    origin: /^DestinationRule/,
    message: /^The Subset meshwright-nowhere defined/,
    why: 'this subset has no pod on purpose: calls to it are refused',
    error: true,
  },
  {
    origin: /^DestinationRule/,
    message: /^The Subset v3 defined/,
    why: 'a case has a version without instances',
    error: true,
  },
  {
    origin: /^VirtualService/,
    message: /^Subset in virtual service \S+ has no effect on ingress gateway/,
    why: 'istioctl mistakes the gateway `mesh`, which means all sidecars, for an ingress gateway',
  },
];

const used = new Set<string>();

describe.skipIf(istioctl === '').each(['sidecar', 'ambient'] as const)('istioctl on %s', (mode) => {
  let pair: Pair;
  beforeAll(async () => {
    pair = await (await Authority.of('certificates.example')).issue('server', 'shop.example');
  });

  test.each(meshCases())('accepts all objects of $name', ({ directory, environment }) => {
    const ir = placed(linkedMesh(directory, environment), '10.1.');
    const objects = compiledObjects(ir, mode);
    expect(objects.length).toBeGreaterThan(0);
    const all = [...registry(ir, mode), ...namedSecrets(ir, pair), ...objects];
    const said = [...validated(istioctl, objects), ...analyzed(istioctl, all), ...examined(istioXds, all)];
    expect(unexplained(said)).toEqual([]);
  });
});

describe.skipIf(istioctl === '')('questions to istioctl', () => {
  const broken = (spec: object): KubernetesObject => ({
    apiVersion: 'networking.istio.io/v1',
    kind: 'VirtualService',
    metadata: { name: 'broken', namespace: 'shop' },
    spec,
  });
  const route = { destination: { host: 'nobody.shop.svc.cluster.local' } };

  test('finds an unknown field', () => {
    const said = validated(istioctl, [broken({ hosts: ['a.shop'], http: [{ route: [route] }], nothing: 1 })]);
    expect(said.map(({ message }) => message).join('\n')).toContain('unknown field');
  });

  test('finds a host that does not exist', () => {
    const [meshCase] = meshCases();
    const ir = placed(linkedMesh(meshCase?.directory ?? '', meshCase?.environment), '10.1.');
    const all = [...registry(ir, 'sidecar'), broken({ hosts: ['a.shop'], http: [{ route: [route] }] })];
    expect(examined(istioXds, all).map(({ code }) => code)).toEqual(['IST0101']);
  });

  afterAll(() => {
    expect([...used].sort(), 'explanations that no case needs').toEqual(
      explained.map(({ why }) => why).sort(),
    );
  });
});

function unexplained(messages: readonly Message[]): readonly Message[] {
  return messages.filter(({ origin, message, level }) => {
    const found = explained.find((one) => one.origin.test(origin) && one.message.test(message));
    if (found !== undefined) used.add(found.why);
    return found === undefined || (level === 'Error' && found.error !== true);
  });
}
