import { describe, expect, test } from 'vitest';
import { importTexts } from '../../import/import-case.ts';

const services = `
apiVersion: v1
kind: Service
metadata: {name: books, namespace: shop}
spec: {selector: {app: books}, ports: [{name: http, port: 80}]}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: books, namespace: shop}
spec: {selector: {}, template: {metadata: {labels: {app: books}}, spec: {serviceAccountName: books}}}
---
apiVersion: v1
kind: Service
metadata: {name: otel, namespace: infra}
spec: {selector: {app: otel}, ports: [{name: grpc, port: 4317}]}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: otel, namespace: infra}
spec: {selector: {}, template: {metadata: {labels: {app: otel}}, spec: {serviceAccountName: otel}}}
---
`;

/** An annotation with providers, as `mesh` writes it for whoever owns the mesh config. */
const providers = JSON.stringify([
  { name: 'spans', opentelemetry: { service: 'otel.infra.svc.cluster.local', port: 4317 } },
  {
    name: 'lines',
    envoyFileAccessLog: { path: '/var/log/lines', logFormat: { labels: { a: '%PROTOCOL%' } } },
  },
]);

function telemetry(spec: string, { namespace = 'istio-system', name = 'mesh' } = {}): string {
  return `
apiVersion: telemetry.istio.io/v1
kind: Telemetry
metadata: {name: ${name}, namespace: ${namespace}, annotations: {meshwright.dev/needs-providers: '${providers}'}}
spec: ${spec}
---
`;
}

async function imported(native: string) {
  const { files, diagnostics } = await importTexts('istio', { 'mesh.yaml': services + native });
  const text = (name: string): string => files.find(({ file }) => file === name)?.text ?? '';
  return {
    mesh: text('mesh.yaml'),
    books: text('shop/books.yaml'),
    codes: diagnostics.map(({ code }) => code),
    messages: diagnostics.map(({ message }) => message).join('\n'),
  };
}

describe('the Telemetry of the root namespace', () => {
  test("is the Mesh's: the log of the mesh itself is text on standard output", async () => {
    const { mesh, codes } = await imported(telemetry('{accessLogging: [{providers: [{name: envoy}]}]}'));
    expect(mesh).toContain('telemetry: {accessLog: {format: text, output: stdout}}');
    expect(codes).toEqual([]);
  });

  test('has logs, spans and labels of metrics', async () => {
    const { mesh, codes } = await imported(
      telemetry(`
  accessLogging: [{providers: [{name: lines}], filter: {expression: response.code >= 500}}]
  tracing:
    - providers: [{name: spans}]
      randomSamplingPercentage: 12.5
      customTags: {tenant: {header: {name: X-Tenant}}, kind: {literal: {value: shop}}}
  metrics: [{providers: [{name: prometheus}], overrides: [{tagOverrides: {tenant: {value: "request.headers['x-tenant']"}}}]}]
`),
    );
    expect(mesh).toContain(
      'accessLog: {format: json, when: "response.code >= 500", output: {file: /var/log/lines}}',
    );
    expect(mesh).toContain('sampling: 12.5%');
    expect(mesh).toContain('otlp: {service: infra/otel, port: grpc}');
    expect(mesh).toMatch(/tenant: "request.headers\['x-tenant'\]"/);
    expect(mesh).toContain('metrics');
    expect(codes).toEqual([]);
  });

  test.each([
    [
      'a provider that only the mesh config defines',
      '{accessLogging: [{providers: [{name: als}]}]}',
      'mesh config defines als',
    ],
    ['spans without a known receiver', '{tracing: [{randomSamplingPercentage: 10}]}', 'write the receiver'],
    [
      'a receiver of spans that only the mesh config defines',
      '{tracing: [{providers: [{name: zipkin}]}]}',
      'not sent to zipkin',
    ],
    [
      'a tag of the environment',
      '{tracing: [{providers: [{name: spans}], customTags: {zone: {environment: {name: ZONE}}}}]}',
      'no attribute zone',
    ],
    [
      'a label that is taken away',
      '{metrics: [{overrides: [{tagOverrides: {request_host: {operation: REMOVE}}}]}]}',
      'keep the label request_host',
    ],
    [
      'metrics that are turned off',
      '{metrics: [{overrides: [{match: {metric: REQUEST_COUNT}, disabled: true}]}]}',
      'all metrics of proxies are there',
    ],
    [
      'one end of a call',
      '{accessLogging: [{match: {mode: SERVER}, providers: [{name: envoy}]}]}',
      'both ends of a call report it',
    ],
    [
      'a second receiver',
      '{accessLogging: [{providers: [{name: envoy}, {name: lines}]}]}',
      'to the first receiver',
    ],
  ])('with %s says so', async (_what, spec, message) => {
    const { messages, codes } = await imported(telemetry(spec));
    expect(messages).toContain(message);
    expect(codes.some((code) => code === 'MESH7005' || code === 'MESH7006')).toBe(true);
    expect(codes).not.toContain('MESH7000');
  });

  test('that turns all off is none', async () => {
    const { mesh, codes } = await imported(
      telemetry('{accessLogging: [{disabled: true}], tracing: [{disableSpanReporting: true}]}'),
    );
    expect(mesh).not.toContain('telemetry');
    expect(codes).toEqual([]);
  });

  test('is one: a second one is lost', async () => {
    const one = telemetry('{accessLogging: [{providers: [{name: envoy}]}]}');
    const { messages } = await imported(
      one + telemetry('{accessLogging: [{providers: [{name: lines}]}]}', { name: 'other' }),
    );
    expect(messages).toContain('another Telemetry of the namespace');
  });
});

describe('the Telemetry of pods', () => {
  const whole = telemetry('{accessLogging: [{providers: [{name: envoy}]}]}');

  test('is that of their service, and wins over that of the namespace', async () => {
    const { books, codes } = await imported(
      whole +
        telemetry('{selector: {matchLabels: {app: books}}, accessLogging: [{disabled: true}]}', {
          namespace: 'shop',
          name: 'books',
        }) +
        telemetry(
          '{accessLogging: [{providers: [{name: lines}]}], tracing: [{disableSpanReporting: true}]}',
          {
            namespace: 'shop',
            name: 'shop',
          },
        ),
    );
    expect(books).toContain('accessLog: null');
    expect(books).toContain('tracing: null');
    expect(codes).toEqual([]);
  });

  test('has no labels of metrics of its own', async () => {
    const { messages } = await imported(
      telemetry('{metrics: [{overrides: [{tagOverrides: {a: {value: "1"}}}]}]}', { namespace: 'shop' }),
    );
    expect(messages).toContain('`telemetry.metrics` of the Mesh');
  });
});
