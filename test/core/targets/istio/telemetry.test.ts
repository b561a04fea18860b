import { expect, test } from 'vitest';
import { limits, objects } from './lowered.ts';

const receiver = `
kind: Service
metadata: {name: otel, namespace: infra}
spec: {ports: {grpc: {port: 4317}}}
`;

function telemetry(spec: string, version = '1.31') {
  return objects(receiver, `  telemetry: ${spec}\n`, { version })['Telemetry/istio-system/mesh'];
}

test("telemetry that the spec doesn't have is off, whatever the mesh config has", () => {
  const { spec, metadata } = objects(receiver)['Telemetry/istio-system/mesh'];
  expect(spec).toEqual({ accessLogging: [{ disabled: true }], tracing: [{ disableSpanReporting: true }] });
  expect(Object.keys(metadata.annotations)).toEqual(['meshwright.dev/origin']);
});

test('text on standard output is a built-in provider of Istio', () => {
  const { spec, metadata } = telemetry('{accessLog: {format: text, when: "response.code >= 500"}}');
  expect(spec.accessLogging).toEqual([
    { providers: [{ name: 'envoy' }], disabled: false, filter: { expression: 'response.code >= 500' } },
  ]);
  expect(metadata.annotations).not.toHaveProperty(['meshwright.dev/needs-providers']);
});

test('any other log is a provider that the mesh config must have, which the object describes', () => {
  const { spec, metadata } = telemetry(
    '{accessLog: {format: json, output: {otlp: {service: infra/otel, port: grpc}}}}',
  );
  const [provider] = JSON.parse(metadata.annotations['meshwright.dev/needs-providers']);
  expect(spec.accessLogging[0].providers).toEqual([{ name: provider.name }]);
  expect(provider.envoyOtelAls).toMatchObject({
    service: 'otel.infra.svc.cluster.local',
    port: 4317,
    logName: 't',
  });
  expect(provider.envoyOtelAls.logFormat.labels).toMatchObject({ response_code: '%RESPONSE_CODE%' });
});

test('a provider with other settings has another name', () => {
  const name = (path: string) =>
    telemetry(`{accessLog: {format: json, output: {file: ${path}}}}`).spec.accessLogging[0].providers[0].name;
  expect(name('/a')).toBe(name('/a'));
  expect(name('/a')).not.toBe(name('/b'));
});

test('traces have their receiver, their sampling and their tags', () => {
  const { spec, metadata } = telemetry(
    '{tracing: {sampling: 1%, otlp: {service: infra/otel, port: grpc}, tags: {tenant: "request.headers[\'x-tenant\']"}}}',
  );
  const [provider] = JSON.parse(metadata.annotations['meshwright.dev/needs-providers']);
  expect(provider.opentelemetry).toEqual({ service: 'otel.infra.svc.cluster.local', port: 4317 });
  expect(spec.tracing).toEqual([
    {
      providers: [{ name: provider.name }],
      disableSpanReporting: false,
      randomSamplingPercentage: 1,
      customTags: { tenant: { formatter: { value: "%CEL(request.headers['x-tenant'])%" } } },
    },
  ]);
});

test('before 1.29 tags are headers, and others are lost', () => {
  const spec =
    '{tracing: {sampling: 1%, otlp: {service: infra/otel, port: grpc}, tags: {tenant: "request.headers[\'x-tenant\']", code: "response.code"}}}';
  expect(telemetry(spec, '1.28').spec.tracing[0].customTags).toEqual({
    tenant: { header: { name: 'x-tenant' } },
  });
  expect(limits(receiver, `  telemetry: ${spec}\n`, { version: '1.28' })).toEqual([
    expect.stringMatching(/^telemetry.tracing: .* no code$/),
  ]);
  expect(limits(receiver, `  telemetry: ${spec}\n`, { version: '1.29' })).toEqual([]);
});

test('labels are on all metrics, of callers and of servers', () => {
  expect(telemetry('{metrics: {labels: {tenant: "request.headers[\'x-tenant\']"}}}').spec.metrics).toEqual([
    {
      providers: [{ name: 'prometheus' }],
      overrides: [
        {
          match: { metric: 'ALL_METRICS', mode: 'CLIENT_AND_SERVER' },
          tagOverrides: { tenant: { operation: 'UPSERT', value: "request.headers['x-tenant']" } },
        },
      ],
    },
  ]);
});

test('a service that differs has its own object, which removes the filter of the mesh', () => {
  const own = `${receiver}---
kind: Service
metadata: {name: a, namespace: shop}
spec: {ports: {http: {port: 80}}, telemetry: {accessLog: null}}
---
kind: Service
metadata: {name: b, namespace: shop}
spec: {ports: {http: {port: 80}}, profiles: [off], telemetry: {accessLog: {format: text}}}
---
kind: Profile
metadata: {name: off}
spec: {settings: {telemetry: {accessLog: null}}}
`;
  const all = objects(own, '  telemetry: {accessLog: {when: "response.code >= 500"}}\n', { version: '1.31' });
  expect(all['Telemetry/shop/a'].spec).toEqual({
    selector: { matchLabels: { app: 'a' } },
    accessLogging: [{ disabled: true }],
    tracing: [{ disableSpanReporting: true }],
  });
  expect(all['Telemetry/shop/b'].spec.accessLogging).toEqual([
    { providers: [{ name: 'envoy' }], disabled: false, filter: { expression: 'true' } },
  ]);
});

test('limits name services on the same pods, and tags that stay', () => {
  const two = `${receiver}---
kind: Service
metadata: {name: a, namespace: shop}
spec: {ports: {http: {port: 80}}, workload: {labels: {app: x}}, telemetry: {tracing: {tags: {}}}}
---
kind: Service
metadata: {name: b, namespace: shop}
spec: {ports: {http: {port: 81}}, workload: {labels: {app: x, tier: y}}}
`;
  const said = limits(
    two,
    '  telemetry: {tracing: {otlp: {service: infra/otel}, tags: {code: response.code}}}\n',
  );
  expect(said.filter((text) => text.startsWith('telemetry.service'))).toEqual([
    'telemetry.service: pods of shop/a are those of shop/b, too, and Istio has one telemetry for a pod',
    'telemetry.service: Istio takes no tags of spans away that the mesh has',
  ]);
});
