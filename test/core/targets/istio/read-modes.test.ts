import { expect, test } from 'vitest';
import { askedImport } from '../../import/asked-import.ts';

function deployment(version: string): string {
  return `
apiVersion: apps/v1
kind: Deployment
metadata: {name: web-${version}, namespace: shop}
spec: {selector: {}, template: {metadata: {labels: {app: web, version: ${version}}}, spec: {}}}
---
`;
}

const service = `
apiVersion: v1
kind: Service
metadata: {name: web, namespace: shop}
spec: {selector: {app: web}, ports: [{name: http, port: 80, targetPort: 8080}]}
---
${deployment('v1')}${deployment('v2')}`;

function mode(namespace: string, name: string, spec: string): string {
  return `
apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: {name: ${name}, namespace: ${namespace}}
spec: {${spec}}
---
`;
}

const strict = service + mode('istio-system', 'default', 'mtls: {mode: STRICT}');
const asked = { from: 'anonymous', to: 'shop/web' };

test('the mode of the mesh refuses callers without identity', async () => {
  expect((await askedImport('istio', strict)).outcome(asked)).toBe('refused');
});

test.each([
  [
    'a selector in the namespace of the mesh selects nothing',
    mode('istio-system', 'web', 'selector: {matchLabels: {app: web}}, mtls: {mode: DISABLE}'),
  ],
  [
    'modes of ports without a selector do not hold',
    mode('shop', 'ports', 'portLevelMtls: {8080: {mode: DISABLE}}'),
  ],
  [
    'an open mode for some pods of a service does not open the others',
    mode('shop', 'v1', 'selector: {matchLabels: {version: v1}}, mtls: {mode: PERMISSIVE}'),
  ],
])('%s', async (_, more) => {
  expect((await askedImport('istio', strict + more)).outcome(asked)).toBe('refused');
});

test('an empty selector is the same as none', async () => {
  const all = mode('istio-system', 'default', 'selector: {}, mtls: {mode: STRICT}');
  expect((await askedImport('istio', service + all)).outcome(asked)).toBe('refused');
});

test('a strict mode for some pods of a service is a warning', async () => {
  const some = mode('shop', 'v1', 'selector: {matchLabels: {version: v1}}, mtls: {mode: STRICT}');
  const { outcome, codes } = await askedImport('istio', service + some);
  expect(outcome(asked)).toBe('refused');
  expect(codes).toContain('MESH7004');
});

test('an open mode for all pods of a service opens it', async () => {
  const all = mode('shop', 'web', 'selector: {matchLabels: {app: web}}, mtls: {mode: PERMISSIVE}');
  expect((await askedImport('istio', strict + all)).outcome(asked)).toBe('forwarded');
});

test('an open mode for a port of some pods does not open the port of the others', async () => {
  const some = mode(
    'shop',
    'v1',
    'selector: {matchLabels: {version: v1}}, portLevelMtls: {8080: {mode: DISABLE}}',
  );
  const { outcome, codes } = await askedImport('istio', strict + some);
  expect(outcome(asked)).toBe('refused');
  expect(codes).toContain('MESH7004');
  const all = mode(
    'shop',
    'web',
    'selector: {matchLabels: {app: web}}, portLevelMtls: {8080: {mode: DISABLE}}',
  );
  expect((await askedImport('istio', strict + all)).outcome(asked)).toBe('forwarded');
});

/** Returns a PeerAuthentication of a level, made at a time of the year 2024 if one is given. */
function made(level: 'mesh' | 'namespace' | 'pods', name: string, word: string, month?: string): string {
  const namespace = level === 'mesh' ? 'istio-system' : 'shop';
  const selector = level === 'pods' ? 'selector: {matchLabels: {app: web}}, ' : '';
  const text = mode(namespace, name, `${selector}mtls: {mode: ${word}}`);
  const time = `name: ${name}, creationTimestamp: "2024-${month ?? ''}-01T00:00:00Z"`;
  return month === undefined ? text : text.replace(`name: ${name}`, time);
}

// "If there are several of one level, the oldest holds."
test.each(['mesh', 'namespace', 'pods'] as const)(
  'of two modes for the %s the oldest holds',
  async (level) => {
    const of = async (native: string) => {
      const { outcome, codes } = await askedImport('istio', service + native);
      return [outcome(asked), codes.includes('MESH7004')];
    };
    const both = (first?: string, second?: string) =>
      made(level, 'a', 'PERMISSIVE', first) + made(level, 'b', 'STRICT', second);
    expect(await of(both('01', '02'))).toEqual(['forwarded', false]);
    expect(await of(both('02', '01'))).toEqual(['refused', false]);
    // Unknown which one is older, the stricter holds, in any order of the files.
    expect(await of(both())).toEqual(['refused', true]);
    expect(await of(both('01'))).toEqual(['refused', true]);
    expect(await of(made(level, 'b', 'STRICT') + made(level, 'a', 'PERMISSIVE'))).toEqual(['refused', true]);
  },
);
