import { describe, expect, it } from 'vitest';
import type { Forward } from '../../../src/core/ir/route.ts';
import { document, findings, linked, mesh } from './linked.ts';

const ports = 'ports: {http: {port: 80}}';

function ruleOf(ir: ReturnType<typeof linked>, service: string, rule = 0): Forward {
  const action = ir.services[service]?.ports[0]?.route.rules[rule]?.action;
  if (action?.type !== 'forward') throw new Error('no forwarding rule');
  return action;
}

describe('precedence of settings (Route rule > Service > profiles in order > Mesh defaults > built-in)', () => {
  const first = document('Profile', 'first', ['settings: {timeout: 3s, retries: {attempts: 3}}']);
  const second = document('Profile', 'second', ['settings: {timeout: 4s, retries: {perTryTimeout: 400ms}}']);
  const defaults = mesh(
    'defaults: {timeout: 5s, retries: {backoff: 50ms}, connections: {connectTimeout: 1s}}',
  );

  it('is built in if no document sets it', () => {
    const { settings } = linked(document('Service', 'a', [ports])).services['shop/a']!;
    expect(settings).toEqual({
      timeout: 15_000,
      connections: { maxRequestsPerConnection: 0, connectTimeout: 5_000, idleTimeout: 3_600_000 },
      loadBalancing: { algorithm: 'least-request' },
      origins: {},
    });
  });

  it('merges field by field, the first profile first', () => {
    const ir = linked(
      defaults,
      first,
      second,
      document('Service', 'a', [ports, 'profiles: [first, second]']),
    );
    const { settings } = ir.services['shop/a']!;
    expect(settings.timeout).toBe(3_000);
    expect(settings.retries).toMatchObject({ attempts: 3, perTryTimeout: 400, backoff: 50 });
    expect(settings.connections.connectTimeout).toBe(1_000);
  });

  it('prefers the service to its profiles, and a rule to the service', () => {
    const ir = linked(
      defaults,
      first,
      document('Service', 'a', [ports, 'profiles: [first]', 'timeout: 2s']),
      document('Route', 'a', [
        'service: a',
        'rules:',
        '  - {match: [{path: {exact: /x}}], backends: [{}], timeout: 1s, retries: {attempts: 1}}',
        '  - backends: [{}]',
      ]),
    );
    expect(ir.services['shop/a']?.settings.timeout).toBe(2_000);
    expect(ruleOf(ir, 'shop/a', 0)).toMatchObject({ timeout: 1_000, retries: { attempts: 1, backoff: 50 } });
    expect(ruleOf(ir, 'shop/a', 1)).toMatchObject({ timeout: 2_000, retries: { attempts: 3 } });
  });

  it("takes timeout and retries from the Route's service, whichever the backend", () => {
    const ir = linked(
      document('Service', 'a', [ports, 'timeout: 2s']),
      document('Service', 'b', [ports, 'timeout: 9s', 'retries: {attempts: 5}']),
      document('Route', 'a', ['service: a', 'rules: [{backends: [{service: b}]}]']),
    );
    expect(ruleOf(ir, 'shop/a').timeout).toBe(2_000);
    expect(ruleOf(ir, 'shop/a').retries).toBeUndefined();
  });

  it('takes them from the first backend at a gateway if the Route has no service', () => {
    const ir = linked(
      document('Service', 'a', [ports, 'timeout: 2s']),
      document('Service', 'b', [ports, 'timeout: 9s']),
      document('Gateway', 'public', ['listeners: {http: {port: 8080, protocol: http}}']),
      document('Route', 'edge', ['gateways: [public]', 'rules: [{backends: [{service: b}, {service: a}]}]']),
    );
    const rule = ir.gateways['shop/public']?.listeners[0]?.virtualHosts[0]?.route.rules[0];
    expect(rule?.action).toMatchObject({ timeout: 9_000 });
  });

  it('applies profiles by selector after named ones, in order of name', () => {
    const ir = linked(
      document('Profile', 'z', ['settings: {timeout: 1s}', 'selector: {namespaces: [shop]}']),
      document('Profile', 'b', ['settings: {timeout: 2s}', 'selector: {labels: {tier: gold}}']),
      document('Profile', 'named', ['settings: {retries: {attempts: 1}}']),
      document('Service', 'a', [ports, 'profiles: [named]'], 'shop', '{tier: gold}'),
      document('Service', 'c', [ports], 'shop'),
      document('Service', 'd', [ports], 'ops', '{tier: silver}'),
    );
    expect(ir.services['shop/a']?.profiles).toEqual(['named', 'b', 'z']);
    expect(ir.services['shop/a']?.settings.timeout).toBe(2_000);
    expect(ir.services['shop/c']?.profiles).toEqual(['z']);
    expect(ir.services['ops/d']?.profiles).toEqual([]);
  });

  it('merges an affinity as a whole, with ring-hash as its algorithm', () => {
    const ir = linked(
      mesh('defaults: {loadBalancing: {affinity: {cookie: {name: sid, ttl: 1h}}}}'),
      document('Service', 'a', [ports, 'loadBalancing: {affinity: {cookie: {name: other}}}']),
    );
    expect(ir.services['shop/a']?.settings.loadBalancing).toMatchObject({
      algorithm: 'ring-hash',
      affinity: { type: 'cookie', name: 'other', ttl: 0 },
    });
  });

  it('gives an existing outlierDetection its own defaults, even if it is empty', () => {
    const ir = linked(
      document('Service', 'a', [ports, 'outlierDetection: {}']),
      document('Service', 'b', [ports, 'outlierDetection: {consecutive5xx: 2, minHealthPercent: 30%}']),
    );
    expect(ir.services['shop/a']?.settings.outlierDetection).toMatchObject({
      consecutive5xx: 5,
      consecutiveGatewayErrors: 0,
      interval: 10_000,
      baseEjectionTime: 30_000,
      maxEjectionPercent: 50,
      minHealthPercent: 0,
    });
    expect(ir.services['shop/b']?.settings.outlierDetection).toMatchObject({
      consecutive5xx: 2,
      minHealthPercent: 30,
    });
  });

  it('records the place of each setting', () => {
    const ir = linked(mesh('defaults:', '  timeout: 5s'), document('Service', 'a', [ports]));
    expect(ir.services['shop/a']?.settings.origins).toEqual({
      timeout: { file: 'mesh.yaml', line: 7, column: 14 },
    });
  });

  it('reads a status in quotes as a number and keeps each condition once', () => {
    const ir = linked(document('Service', 'a', [ports, 'retries: {attempts: 1, on: ["503", 503, reset]}']));
    expect(ir.services['shop/a']?.settings.retries?.on).toEqual([503, 'reset']);
  });

  it('reads attempts 0 as no retries', () => {
    const ir = linked(
      mesh('defaults: {retries: {attempts: 2}}'),
      document('Service', 'a', [ports, 'retries: {attempts: 0}']),
    );
    expect(ir.services['shop/a']?.settings.retries).toBeUndefined();
  });

  it('allows retries of every method on grpc ports, and of the idempotent ones on others', () => {
    const ir = linked(
      document('Service', 'a', ['ports: {http: {port: 80}, grpc: {port: 90}}', 'retries: {attempts: 1}']),
    );
    const methods = ir.services['shop/a']?.ports.map(({ route }) => {
      const action = route.rules[0]?.action;
      return action?.type === 'forward' ? action.retries?.methods : undefined;
    });
    expect(methods).toEqual([['GET', 'HEAD', 'OPTIONS', 'TRACE', 'PUT', 'DELETE'], 'all']);
  });
});

describe('locks', () => {
  const gold = document('Profile', 'gold', ['settings: {timeout: 2s}', 'lock: [timeout]']);

  it('win over all other sources, and a different value anywhere is an error that names both', () => {
    const documents = [gold, document('Service', 'a', [ports, 'profiles: [gold]', 'timeout: 3s'])];
    expect(findings(...documents)).toEqual([
      'MESH2030 Service shop/a sets timeout, which Profile gold locks to another value',
    ]);
  });

  it('accept an equal list, and no other', () => {
    const retrying = document('Profile', 'gold', [
      'settings: {retries: {on: [reset]}}',
      'lock: [retries.on]',
    ]);
    const withList = (list: string): string =>
      document('Service', 'a', [ports, 'profiles: [gold]', `retries: {on: ${list}}`]);
    expect(findings(retrying, withList('[reset]'))).toEqual([]);
    expect(findings(retrying, withList('[reset, 5xx]'))).toEqual([
      'MESH2030 Service shop/a sets retries.on, which Profile gold locks to another value',
    ]);
  });

  it('apply to services that the profile selects, and to rules of their Routes', () => {
    const selecting = document('Profile', 'gold', [
      'settings: {timeout: 2s}',
      'lock: [timeout]',
      'selector: {namespaces: [shop]}',
    ]);
    const rule = document('Route', 'a', ['service: a', 'rules: [{name: slow, backends: [{}], timeout: 3s}]']);
    expect(findings(selecting, document('Service', 'a', [ports]), rule)).toEqual([
      'MESH2030 rule slow of Route shop/a sets timeout, which Profile gold locks to another value',
    ]);
  });

  it('do not apply to services without the profile', () => {
    expect(findings(gold, document('Service', 'a', [ports, 'timeout: 3s']))).toEqual([]);
  });
});

describe('telemetry of a service ("a setting: what the mesh\'s says, field by field; `accessLog: null` is none")', () => {
  const receiver = document('Service', 'otel', ['ports: {grpc: {port: 4317}}']);
  const watched = mesh(
    'telemetry:',
    '  accessLog: {format: text, when: "response.code >= 400", output: {file: /log}}',
    '  tracing: {sampling: 5%, otlp: {service: shop/otel}, tags: {code: response.code}}',
  );
  const telemetryOf = (...documents: readonly string[]) => linked(...documents).services['shop/a']?.telemetry;
  const own = (...lines: readonly string[]) => document('Service', 'a', [ports, ...lines]);

  it('is that of the mesh if no document sets it', () => {
    expect(telemetryOf(watched, receiver, own('timeout: 1s'))).toBe(undefined);
  });

  it('takes missing fields from its profiles, the defaults and the mesh, in this order', () => {
    const said = telemetryOf(
      mesh(
        'defaults: {telemetry: {tracing: {sampling: 20%}}}',
        'telemetry: {accessLog: {format: text, output: {file: /log}}, tracing: {sampling: 5%, otlp: {service: shop/otel}}}',
      ),
      receiver,
      document('Profile', 'loud', ['settings: {telemetry: {accessLog: {when: "true", format: json}}}']),
      own('profiles: [loud]', 'telemetry: {accessLog: {when: "response.code >= 500"}}'),
    );
    expect(said?.accessLog).toMatchObject({
      format: 'json',
      when: 'response.code >= 500',
      output: { type: 'file', path: '/log' },
    });
    expect(said?.tracing).toMatchObject({ sampling: 20, otlp: { service: 'shop/otel', port: 'grpc' } });
  });

  it('`null` turns it off, and sources of lower precedence can not turn it on again', () => {
    const none = telemetryOf(watched, receiver, own('telemetry: {accessLog: null, tracing: null}'));
    expect(none).toEqual({ origin: expect.anything() as unknown });
    const again = telemetryOf(
      watched,
      receiver,
      document('Profile', 'quiet', ['settings: {telemetry: {accessLog: null}}']),
      own('profiles: [quiet]', 'telemetry: {accessLog: {}}'),
    );
    expect(again?.accessLog).toMatchObject({ format: 'json', output: { type: 'stdout' } });
    expect(again?.accessLog).not.toHaveProperty('when');
    expect(again?.tracing?.sampling).toBe(5);
  });

  it('a receiver without namespace is in the namespace of the service that names it', () => {
    const said = telemetryOf(receiver, own('telemetry: {tracing: {otlp: {service: otel}}}'));
    expect(said?.tracing).toMatchObject({ sampling: 1, otlp: { service: 'shop/otel' }, tags: [] });
  });

  it('a Profile can lock it like other settings', () => {
    const locking = document('Profile', 'audited', [
      'settings: {telemetry: {accessLog: {format: json}}}',
      'selector: {namespaces: [shop]}',
      'lock: [telemetry.accessLog]',
    ]);
    expect(findings(locking, own('telemetry: {accessLog: null}'))).toEqual([
      expect.stringContaining('MESH2030') as unknown,
    ]);
  });
});
