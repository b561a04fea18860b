import { describe, expect, it } from 'vitest';
import { originOfPath } from '../../../src/core/explain/origin-of-path.ts';
import { link } from '../../../src/core/ir/link/link.ts';
import { document, mesh, spec } from '../ir/linked.ts';

const loaded = spec(
  mesh('defaults: {timeout: 9s}'),
  document('Profile', 'gold', [
    'settings: {timeout: 3s, retries: {attempts: 2}}',
    'lock: [retries.attempts]',
  ]),
  document('Service', 'a', ['ports: {http: {port: 80}}', 'profiles: [gold]', 'timeout: 2s']),
  document('Route', 'a', ['service: a', 'rules:', '  - name: slow', '    backends: [{}]', '    timeout: 7s']),
);
const ir = link(loaded).ir!;
const of = (path: string) => originOfPath(loaded, ir, path);

describe('the origin of a value', () => {
  it('names the place that won and those that lost, in order of precedence', () => {
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
          },
        ],
      });
    }
  });

  it('says where a lock decided', () => {
    expect(of('shop/a.retries.attempts')).toMatchObject({
      origins: [{ value: 2, by: 'Profile gold', lockedAt: { line: 13 } }],
    });
  });

  it('answers for every setting of a group, with what is built in as it would be written', () => {
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

  it('knows rules by name and by number, before the settings of their service', () => {
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

  it('finds any other field that was written', () => {
    expect(of('shop/a.ports.http.port')).toMatchObject({ origins: [{ value: 80, place: { line: 19 } }] });
    expect(of('Mesh.trustDomain')).toMatchObject({ origins: [{ value: 'shop.example' }] });
  });

  it('names the telemetry of the Mesh last, and of a log that `null` turned off nothing else', () => {
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

  it.each([
    ['shop/b.timeout', 'no Service or External is called shop/b'],
    ['Route/shop/aa.rules', 'no Route is called shop/aa; did you mean shop/a?'],
    ['constructor/x.timeout', 'no Service or External is called constructor/x'],
    ['shop/a', 'shop/a does not name a field: write it as in Service/shop/reviews.timeout'],
    ['shop/a.constructor', 'Service/shop/a has no constructor: nobody wrote it, so its default holds'],
  ])('says what is wrong with %s', (path, problem) => {
    expect(of(path)).toEqual({ problem: expect.stringContaining(problem) as string });
  });
});
