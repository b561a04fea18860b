import { describe, expect, test } from 'vitest';
import { importTexts } from '../../import/import-case.ts';

const services = ['books', 'limiter']
  .map(
    (name) => `
apiVersion: v1
kind: Service
metadata: {name: ${name}, namespace: shop}
spec: {selector: {app: ${name}}, ports: [{name: ${name === 'limiter' ? 'grpc' : 'http'}, port: 8083}]}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: ${name}, namespace: shop}
spec: {selector: {}, template: {metadata: {labels: {app: ${name}}}, spec: {serviceAccountName: ${name}}}}
---
`,
  )
  .join('');

async function imported(native: string) {
  const { files, diagnostics } = await importTexts('gloo-mesh', { 'mesh.yaml': services + native });
  return {
    text: files.map((one) => one.text).join('---\n'),
    codes: diagnostics.map(({ code }) => code).filter((code) => code !== 'MESH7001'),
    messages: diagnostics.map(({ message }) => message).join('\n'),
  };
}

/** A limit in the four objects that Gloo's guide on rate limits describes. */
const limit = `
apiVersion: admin.gloo.solo.io/v2
kind: RateLimitServerSettings
metadata: {name: server, namespace: shop}
spec: {destinationServer: {ref: {name: limiter, namespace: shop}, port: {number: 8083}}}
---
apiVersion: admin.gloo.solo.io/v2
kind: RateLimitServerConfig
metadata: {name: numbers, namespace: shop}
spec:
  destinationServers: [{ref: {name: limiter, namespace: shop}, port: {number: 8083}}]
  raw: {descriptors: [{key: generic_key, value: all, rateLimit: {requestsPerUnit: 7, unit: HOUR}}]}
---
apiVersion: trafficcontrol.policy.gloo.solo.io/v2
kind: RateLimitClientConfig
metadata: {name: requests, namespace: shop}
spec: {raw: {rateLimits: [{actions: [{genericKey: {descriptorValue: all}}]}]}}
---
apiVersion: trafficcontrol.policy.gloo.solo.io/v2
kind: RateLimitPolicy
metadata: {name: limit, namespace: shop}
spec:
  applyToDestinations: [{selector: {name: books, namespace: shop}}]
  config:
    serverSettings: {name: server, namespace: shop}
    ratelimitClientConfig: {name: requests, namespace: shop}
    ratelimitServerConfig: {name: numbers, namespace: shop}
`;

describe('a limit that a rate limiter counts', () => {
  test('is the limit of a whole service', async () => {
    const { text, codes } = await imported(limit);
    expect(text).toContain('rateLimit: {requests: 7, per: 1h, scope: service}');
    expect(text).toContain('rateLimiter: {service: shop/limiter}');
    expect(codes).toEqual([]);
  });

  test.each([
    [
      'by a header',
      limit.replace(
        'genericKey: {descriptorValue: all}',
        'requestHeaders: {headerName: x-a, descriptorKey: a}',
      ),
    ],
    ['of other requests', limit.replace('descriptorValue: all', 'descriptorValue: some')],
    ['with limits inside the limit', limit.replace('unit: HOUR}', 'unit: HOUR}, descriptors: [{key: a}]')],
    ['of several limits', limit.replace('[{key: generic_key', '[{key: other}, {key: generic_key')],
    ['without a unit', limit.replace('unit: HOUR', 'unit: UNKNOWN')],
    ['without a server', limit.replace('serverSettings: {name: server', 'serverSettings: {name: other')],
    ['of a server outside', limit.replaceAll('name: limiter', 'name: outside')],
    ['of rules', limit.replace(/applyToDestinations: .*/, 'applyToRoutes: [{route: {labels: {a: b}}}]')],
  ])('%s is refused', async (_what, native) => {
    expect(native).not.toBe(limit);
    const { text, messages } = await imported(native);
    expect(text).not.toContain('rateLimit');
    expect(messages).toContain('requests over the limit are served');
  });
});

const check = `
apiVersion: resilience.policy.gloo.solo.io/v2
kind: ActiveHealthCheckPolicy
metadata: {name: check, namespace: shop}
spec:
  applyToDestinations: [{selector: {name: books, namespace: shop}, kind: SERVICE, port: {number: 8083}}]
  config:
    healthCheck:
      {timeout: 5s, interval: 30s, noTrafficInterval: 30s, noTrafficHealthyInterval: 30s, unhealthyThreshold: 2, healthyThreshold: 4, httpHealthCheck: {path: /ok, expectedStatuses: [{start: 200, end: 400}], retriableStatuses: [{start: 100, end: 200}, {start: 400, end: 600}]}}
`;

describe('a check of instances', () => {
  test('is the check of the service', async () => {
    const { text, codes } = await imported(check);
    for (const part of ['path: /ok', 'interval: 30s', 'timeout: 5s', 'healthy: 4', 'unhealthy: 2'])
      expect(text).toContain(part);
    expect(codes).toEqual([]);
  });

  test.each([
    ['other statuses', check.replace('end: 400}]', 'end: 300}]'), 'an answer from 200 to 399 passes'],
    [
      'a failure that puts out at once',
      check.replace(/, retriableStatuses: .*\}\]/, ''),
      'one failure of several',
    ],
    [
      'a host of its own',
      check.replace('path: /ok', 'path: /ok, host: other'),
      'names the host of the service',
    ],
    [
      'another pace without calls',
      check.replace('noTrafficInterval: 30s', 'noTrafficInterval: 60s'),
      'asked as often',
    ],
    [
      'headers',
      check.replace('path: /ok', 'path: /ok, requestHeadersToAdd: [{header: {key: a}}]'),
      'asks for the path alone',
    ],
    [
      'HTTP/2',
      check.replace('path: /ok', 'path: /ok, codecClientType: HTTP2'),
      'speaks the protocol of the port',
    ],
  ])('with %s says so', async (_what, native, message) => {
    expect(native).not.toBe(check);
    const { text, messages } = await imported(native);
    expect(text).toContain('path: /ok');
    expect(messages).toContain(message);
  });

  test.each([
    ['at another port', check.replace('timeout: 5s', 'altPort: 9000, timeout: 5s')],
    ['of nobody', check.replace('name: books', 'name: other')],
    ['of no kind', check.replace(/, httpHealthCheck: .*\}\}/, '}')],
  ])('%s is refused', async (_what, native) => {
    expect(native).not.toBe(check);
    const { text, messages } = await imported(native);
    expect(text).not.toContain('healthCheck');
    expect(messages).toContain('write a healthCheck of the Service');
  });
});
