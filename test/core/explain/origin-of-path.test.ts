import { describe, expect, it } from 'vitest';
import { originOfPath } from '../../../src/core/explain/origin-of-path.ts';
import { link } from '../../../src/core/ir/link/link.ts';
import { loadSpec } from '../../../src/core/spec/load.ts';
import { document, mesh, spec } from '../ir/linked.ts';

const loaded = spec(
  mesh('defaults: {timeout: 9s}'),
  document('Profile', 'gold', [
    'settings: {timeout: 3s, retries: {attempts: 2}}',
    'lock: [retries.attempts]',
  ]),
  document('Service', 'a', ['ports: {http: {port: 80}}', 'profiles: [gold]', 'timeout: 2s']),
  document('Route', 'a', [
    'service: a',
    'rules:',
    '  - name: slow',
    '    backends: [{}]',
    '    timeout: 7s',
    '    retries: {attempts: 5, perTryTimeout: 1s}',
  ]),
);
const ir = link(loaded).ir!;
const of = (path: string) => originOfPath(loaded, ir, path);

describe('the origin of a value', () => {
  it('names the place of the winning value and those of the losing values, in order of precedence', () => {
    for (const path of ['Service/shop/a.timeout', 'shop/a.timeout', 'shop/a.spec.timeout']) {
      expect(of(path)).toEqual({
        origins: [
          {
            path: 'Service/shop/a.timeout',
            value: '2s',
            by: 'Service shop/a',
            place: { file: 'mesh.yaml', line: 21, column: 12 },
            others: [
              { value: '3s', by: 'Profile gold', place: { file: 'mesh.yaml', line: 12, column: 23 } },
              { value: '9s', by: 'Mesh defaults', place: { file: 'mesh.yaml', line: 6, column: 23 } },
            ],
            overriddenBy: [
              {
                value: '7s',
                by: 'rule slow of Route shop/a',
                place: { file: 'mesh.yaml', line: 31, column: 16 },
              },
            ],
          },
        ],
      });
    }
  });

  it('names a lock that decided', () => {
    expect(of('shop/a.retries.attempts')).toMatchObject({
      origins: [{ value: 2, by: 'Profile gold', lockedAt: { line: 13 } }],
    });
  });

  it('names the rules that override it, unless a lock wins over them', () => {
    expect(of('shop/a.retries.perTryTimeout')).toMatchObject({
      origins: [{ place: 'built-in', overriddenBy: [{ value: '1s', by: 'rule slow of Route shop/a' }] }],
    });
    for (const path of [
      'shop/a.retries.attempts',
      'shop/a.loadBalancing',
      'Route/shop/a.rules.slow.timeout',
    ]) {
      const answer = of(path);
      expect('origins' in answer && answer.origins.length > 0).toBe(true);
      expect(JSON.stringify(answer)).not.toContain('overriddenBy');
    }
  });

  it('is returned for every setting of a group; built-in values have the form in which they would be written', () => {
    const answer = of('shop/a.retries');
    const origins = 'origins' in answer ? answer.origins : [];
    expect(
      origins.map(({ path, value, place }) => [path.split('.').at(-1), value, place === 'built-in']),
    ).toEqual([
      ['attempts', 2, false],
      ['perTryTimeout', '0s', true],
      ['on', ['connect-failure', 'refused-stream'], true],
      ['backoff', '25ms', true],
      ['methods', ['GET', 'HEAD', 'OPTIONS', 'TRACE', 'PUT', 'DELETE'], true],
    ]);
    expect(of('shop/a.outlierDetection.interval')).toMatchObject({
      origins: [{ value: undefined, place: 'built-in' }],
    });
  });

  it('rules are found by name and by number, before the settings of their service', () => {
    for (const rule of ['slow', '1']) {
      expect(of(`Route/shop/a.rules.${rule}.timeout`)).toMatchObject({
        origins: [
          {
            value: '7s',
            by: 'rule slow of Route shop/a',
            others: [{ value: '2s' }, { value: '3s' }, { value: '9s' }],
          },
        ],
      });
    }
  });

  it('any other written field is found', () => {
    expect(of('shop/a.ports.http.port')).toMatchObject({ origins: [{ value: 80, place: { line: 19 } }] });
    for (const rule of ['slow', '1']) {
      expect(of(`Route/shop/a.rules.${rule}.backends`)).toMatchObject({
        origins: [{ path: `Route/shop/a.rules.${rule}.backends`, value: [{}], place: { line: 30 } }],
      });
    }
    expect(of('Mesh.trustDomain')).toMatchObject({ origins: [{ value: 'shop.example' }] });
  });

  it('names the telemetry of the Mesh last, and nothing else of a log that `null` turned off', () => {
    const told = spec(
      mesh('telemetry: {accessLog: {when: "true", output: {file: /log}}}'),
      document('Service', 'a', ['telemetry: {accessLog: {format: text}}']),
      document('Service', 'b', ['telemetry: {accessLog: null}']),
    );
    const answered = (path: string) => {
      const answer = originOfPath(told, link(told).ir!, path);
      return 'problem' in answer ? answer : answer.origins.map(({ path: at, value, by }) => [at, value, by]);
    };
    expect(answered('shop/a.telemetry.accessLog')).toEqual([
      ['Service/shop/a.telemetry.accessLog.format', 'text', 'Service shop/a'],
      ['Service/shop/a.telemetry.accessLog.when', 'true', 'Mesh telemetry'],
      ['Service/shop/a.telemetry.accessLog.output', { file: '/log' }, 'Mesh telemetry'],
    ]);
    expect(answered('shop/b.telemetry.accessLog')).toEqual([
      ['Service/shop/b.telemetry.accessLog', null, 'Service shop/b'],
    ]);
  });

  describe('with an overlay', () => {
    const files = {
      'mesh.yaml': mesh('defaults: {timeout: 9s, retries: {attempts: 1}}'),
      'base.yaml': [
        document('Profile', 'gold', ['settings: {timeout: 3s}']),
        document('Service', 'a', [
          'ports: {http: {port: 80}}',
          'profiles: [gold]',
          'timeout: 2s',
          'retries: {attempts: 5, backoff: 1s}',
          'exposeTo: [ops]',
        ]),
        document('Route', 'a', [
          'service: a',
          'rules: [{name: slow, timeout: 7s}, {name: kept, timeout: 6s}]',
        ]),
        document('Route', 'b', ['gateways: [g]', 'priority: 3', 'rules: [{respond: {status: 200}}]']),
      ].join('---\n'),
      'environments/prod/a.yaml': [
        document('Profile', 'gold', ['settings: {timeout: 4s}']),
        document('Service', 'a', [
          'ports: {http: {port: 81}}',
          'timeout: 1s',
          'retries: {attempts: null}',
          'exposeTo: [dev]',
        ]),
        document('Route', 'a', ['rules: [{name: slow, timeout: 8s}]']),
        document('Route', 'b', ['priority: null']),
        document('Mesh', 'shop', ['defaults: {timeout: 10s}'], undefined),
      ].join('---\n'),
    };
    const changed = loadSpec(
      {
        sources: Object.entries(files).map(([file, text]) => ({
          file,
          bytes: new TextEncoder().encode(text),
        })),
        unreadable: [],
      },
      { environment: 'prod' },
    ).spec!;
    const overlaid = (path: string) => {
      const answer = originOfPath(changed, link(changed).ir!, path);
      if ('problem' in answer) throw new Error(answer.problem);
      return answer.origins.map(({ value, place, others }) => [
        value,
        place === 'built-in' ? place : place.file,
        ...others.map((other) => `${String(other.value)} ${other.by} ${other.place.file}`),
      ]);
    };
    const overlay = 'environments/prod/a.yaml';

    it('lists the values that overlays replaced, after the values that replaced them', () => {
      expect(overlaid('shop/a.timeout')).toEqual([
        [
          '1s',
          overlay,
          '2s Service shop/a base.yaml',
          `4s Profile gold ${overlay}`,
          '3s Profile gold base.yaml',
          `10s Mesh defaults ${overlay}`,
          '9s Mesh defaults mesh.yaml',
        ],
      ]);
      expect(overlaid('Route/shop/a.rules.slow.timeout')[0]?.slice(0, 4)).toEqual([
        '8s',
        overlay,
        '7s rule slow of Route shop/a base.yaml',
        `1s Service shop/a ${overlay}`,
      ]);
    });

    it('lists the values that overlays deleted, after the values in force', () => {
      expect(overlaid('shop/a.retries.attempts')).toEqual([[1, 'mesh.yaml', '5 Service shop/a base.yaml']]);
      expect(overlaid('Route/shop/b.priority')).toEqual([[0, 'built-in', '3 Route/shop/b base.yaml']]);
    });

    it('does not list values that an overlay left unchanged', () => {
      expect(overlaid('shop/a.retries.backoff')).toEqual([['1s', 'base.yaml']]);
      expect(overlaid('Route/shop/a.rules.kept.timeout')[0]?.slice(0, 3)).toEqual([
        '6s',
        'base.yaml',
        `1s Service shop/a ${overlay}`,
      ]);
      expect(overlaid('shop/a.ports')).toMatchObject([[{ http: { port: 81 } }, 'base.yaml']]);
    });

    it('finds fields that are not settings', () => {
      expect(overlaid('shop/a.ports.http.port')).toEqual([[81, overlay, '80 Service/shop/a base.yaml']]);
      expect(overlaid('shop/a.exposeTo')).toEqual([[['dev'], overlay, 'ops Service/shop/a base.yaml']]);
    });
  });

  it.each([
    ['shop/b.timeout', 'no Service or External is called shop/b'],
    ['Route/shop/aa.rules', 'no Route is called shop/aa; did you mean shop/a?'],
    ['constructor/x.timeout', 'no Service or External is called constructor/x'],
    ['shop/a', 'shop/a does not name a field: write it as in Service/shop/reviews.timeout'],
    ['shop/a.exposeTo', 'Service/shop/a has no exposeTo: nobody wrote it, so its default holds'],
    ['shop/a.ports.http.targetPort', 'Service/shop/a has no ports.http.targetPort: nobody wrote it'],
    ['shop/a.constructor', 'Service/shop/a has no field "constructor"'],
    ['shop/a.timout', 'Service/shop/a has no field "timout"; did you mean "timeout"?'],
    ['shop/a.timeout.x', 'Service/shop/a.timeout holds no fields'],
    ['shop/a.retries.attemts', 'Service/shop/a.retries has no field "attemts"; did you mean "attempts"?'],
    ['shop/a.ports.htp.port', 'Service/shop/a.ports has no "htp"; did you mean "http"?'],
    ['shop/a.ports.http.prt', 'Service/shop/a.ports.http has no field "prt"; did you mean "port"?'],
    ['shop/a.endpoints.v1.0.zne', 'has no field "zne"; did you mean "zone"?'],
    [
      'Route/shop/a.rules.slwo.timeout',
      'Route/shop/a.rules has 1 entry and none is "slwo"; did you mean "slow"?',
    ],
    ['Route/shop/a.rules.2.timeout', 'they go by name or by number from 1'],
    ['Route/shop/a.rules.0.timeout', 'they go by name or by number from 1'],
    [
      'Route/shop/a.rules.slow.timeot',
      'Route/shop/a.rules.slow has no field "timeot"; did you mean "timeout"?',
    ],
    ['Mesh.tagets', 'Mesh/shop has no field "tagets"; did you mean "targets"?'],
  ])('the message says what is wrong with %s', (path, problem) => {
    expect(of(path)).toEqual({ problem: expect.stringContaining(problem) as string });
  });
});
