import { describe, expect, test } from 'vitest';
import { buildGraph } from '../../../src/core/graph/build-graph.ts';
import type { CallGraph, GraphBox, GraphEdge } from '../../../src/core/graph/call-graph.ts';
import { document, linked, mesh } from '../ir/linked.ts';

const service = (name: string, ...more: readonly string[]): string =>
  document('Service', name, ['ports: {http: {port: 80}}', ...more]);

const only = (name: string, ...allowed: readonly string[]): string =>
  document('Access', name, [
    `service: ${name}`,
    'rules:',
    ...allowed.map((one) => `  - allow: {from: [{service: ${one}}]}`),
  ]);

function edge(graph: CallGraph, from: string, to: string): GraphEdge | undefined {
  return graph.edges.find((one) => one.from === from && one.to === to);
}

function ends({ edges }: CallGraph): readonly string[] {
  return edges.filter(withoutOutside).map(({ from, to, state }) => `${from} ${state} ${to}`);
}

const strict = mesh('mtls: strict', 'access: allow');

/** Accounts of the trust domain that are no service get through, too, where every authenticated caller does. */
const withoutOutside = ({ from }: GraphEdge): boolean => from !== 'outside';

describe('edges', () => {
  test('are the callers that Access lets in, with its lines', () => {
    const graph = buildGraph(
      linked(strict, service('pay'), service('web'), service('other'), only('pay', 'web')),
    );
    expect(edge(graph, 'shop/web', 'shop/pay')?.boxes).toEqual([
      expect.objectContaining({
        verdict: 'allowed',
        port: 'http',
        methods: ['*'],
        paths: ['*'],
        mtls: 'strict',
        rules: expect.arrayContaining([expect.stringMatching(/^mesh\.yaml:\d+$/)]) as unknown,
      }),
    ]);
    expect(edge(graph, 'shop/other', 'shop/pay')).toBeUndefined();
    expect(graph.edges.filter(({ to }) => to === 'shop/pay')).toHaveLength(1);
  });

  test('lead to a service and to a gateway with its name as to two parts', () => {
    const graph = buildGraph(
      linked(
        strict,
        service('web', 'calls: []'),
        service('pay', 'calls: []'),
        document('Gateway', 'web', ['listeners: {http: {port: 8080, protocol: http}}']),
        document('Route', 'web', [
          'gateways: [web]',
          'hostnames: [a.example]',
          'rules: [{backends: [{service: web}]}]',
        ]),
        document('Access', 'web', [
          'service: web',
          'rules: [{allow: {from: [{gateway: web}, {service: pay}]}}]',
        ]),
        document('Access', 'front', ['gateway: web', 'rules: [{allow: {from: [{anyone: true}]}}]']),
        only('pay', 'pay'),
      ),
    );
    expect(graph.nodes.map(({ id, kind }) => `${kind} ${id}`)).toEqual([
      'callers clients',
      'service shop/pay',
      'service shop/web',
      'gateway shop/web (gateway)',
    ]);
    expect(ends(graph)).toEqual([
      'clients allowed shop/web (gateway)',
      'shop/pay allowed shop/pay',
      'shop/pay undeclared shop/web',
      // The service has the account of the gateway.
      'shop/web allowed shop/web',
      'shop/web (gateway) allowed shop/web',
    ]);
  });

  test('lead to a service with the name of an egress gateway', () => {
    const graph = buildGraph(
      linked(
        strict,
        service('out'),
        service('pay'),
        document('Gateway', 'out', ['type: egress']),
        only('out', 'pay'),
        only('pay', 'pay'),
      ),
    );
    expect(ends(graph)).toEqual(['shop/pay allowed shop/out', 'shop/pay allowed shop/pay']);
    expect(graph.nodes.find(({ id }) => id === 'shop/out')?.kind).toBe('service');
  });

  test('of a service without Access come from one part that stands for every service', () => {
    const graph = buildGraph(linked(strict, service('pay'), service('web'), service('other')));
    expect(ends(graph)).toEqual([
      'shop/* allowed shop/other',
      'shop/* allowed shop/pay',
      'shop/* allowed shop/web',
    ]);
    expect(graph.nodes.find(({ id }) => id === 'shop/*')).toMatchObject({
      kind: 'callers',
      name: 'every service of shop',
    });
  });

  test('name the services that a part otherwise stands for', () => {
    const ops = document('Service', 'probe', ['ports: {http: {port: 80}}'], 'ops');
    const rules = document('Access', 'pay', [
      'service: pay',
      'rules:',
      '  - allow: {from: [{anyone: true}]}',
      '  - deny: {from: [{service: web}, {namespace: ops}]}',
    ]);
    const other = document('Service', 'else', ['ports: {http: {port: 80}}'], 'far');
    const graph = buildGraph(linked(strict, service('pay'), service('web'), service('x'), ops, other, rules));
    const callers = graph.edges.filter(({ to }) => to === 'shop/pay').map(({ from }) => from);
    expect(callers).toEqual(['far/else', 'outside', 'shop/*']);
    expect(edge(graph, 'shop/*', 'shop/pay')?.boxes.map(({ except }) => except)).toEqual([['shop/web']]);
  });

  test('lead to Externals, and on from the egress gateway on the way', () => {
    const gateway = document('Gateway', 'out', [
      'type: egress',
      'listeners: {tls: {port: 8443, protocol: tls}}',
    ]);
    const bank = document('External', 'bank', [
      'hosts: [bank.example]',
      'ports: {https: {port: 443, protocol: tls}}',
      'from: [{service: pay}]',
      'gateway: out',
    ]);
    const graph = buildGraph(linked(strict, service('pay'), bank, gateway));
    expect(edge(graph, 'shop/pay', 'shop/bank')?.boxes).toEqual([
      expect.objectContaining({ verdict: 'allowed', via: 'shop/out' }),
    ]);
    expect(edge(graph, 'shop/out', 'shop/bank')).toMatchObject({ kind: 'route', state: 'allowed' });
  });

  test('lead to Externals from the callers that may know them', () => {
    const bank = document('External', 'bank', [
      'hosts: [bank.example]',
      'ports: {https: {port: 443, protocol: tls}}',
      'from: [{service: pay}]',
    ]);
    const graph = buildGraph(linked(strict, service('pay'), service('web'), bank));
    expect(graph.edges.filter(({ to }) => to === 'shop/bank').map(({ from }) => from)).toEqual(['shop/pay']);
  });

  test('of gateways are the requests that their Routes send on', () => {
    const gateway = document('Gateway', 'public', ['listeners: {http: {port: 8080, protocol: http}}']);
    const route = document('Route', 'public', [
      'gateways: [public]',
      'hostnames: [shop.example]',
      'rules:',
      '  - match: [{path: {prefix: /pay}}]',
      '    backends: [{service: pay}]',
      '    timeout: 3s',
      '  - respond: {status: 404}',
    ]);
    const graph = buildGraph(linked(strict, service('pay'), service('web'), gateway, route));
    expect(edge(graph, 'clients', 'shop/public')).toBeDefined();
    expect(edge(graph, 'shop/public', 'shop/web')).toBeUndefined();
    expect(edge(graph, 'shop/public', 'shop/pay')?.boxes).toEqual([
      expect.objectContaining({
        paths: ['prefix /pay'],
        timeout: 3000,
        backends: [{ service: 'shop/pay', version: '*', share: 1 }],
      }),
    ]);
  });

  test('have splits, tries and timeouts, and lead on to the services that a Route sends to', () => {
    const route = document('Route', 'pay', [
      'service: pay',
      'rules:',
      '  - backends: [{service: pay, weight: 90}, {service: next, weight: 10}]',
      '    timeout: 2s',
      '    retries: {attempts: 2}',
    ]);
    const graph = buildGraph(
      linked(strict, service('pay'), service('next'), service('web', 'calls: [pay]'), route),
    );
    const [box] = edge(graph, 'shop/web', 'shop/pay')?.boxes ?? [];
    expect(box).toMatchObject({
      timeout: 2000,
      tries: 3,
      backends: [
        { service: 'shop/pay', share: 0.9 },
        { service: 'shop/next', share: 0.1 },
      ],
    });
    expect(edge(graph, 'shop/pay', 'shop/next')?.kind).toBe('route');
  });
});

describe('declared calls', () => {
  const rules = only('pay', 'web', 'other', 'quiet');

  test('an edge is undeclared if its caller declares calls and none of these', () => {
    const graph = buildGraph(
      linked(
        strict,
        service('pay'),
        service('web', 'calls: [{service: pay, methods: [GET]}]'),
        service('other', 'calls: []'),
        service('quiet'),
        rules,
      ),
    );
    expect(graph.edges.filter(({ to }) => to === 'shop/pay').map(({ from, state }) => [from, state])).toEqual(
      [
        ['shop/other', 'undeclared'],
        ['shop/quiet', 'allowed'],
        ['shop/web', 'allowed'],
      ],
    );
    const declared = (verdict: boolean): readonly GraphBox['methods'][] =>
      (edge(graph, 'shop/web', 'shop/pay')?.boxes ?? [])
        .filter(({ isDeclared }) => isDeclared === verdict)
        .map(({ methods }) => methods);
    expect(declared(true)).toEqual([['GET']]);
    expect(declared(false)).toEqual([{ not: ['GET'] }]);
  });

  test('a part that stands for many is undeclared only if one of them declares other calls', () => {
    const open = (...calls: readonly string[]): CallGraph =>
      buildGraph(linked(strict, service('pay'), service('web', ...calls), service('x', 'calls: [pay]')));
    expect(edge(open(), 'shop/*', 'shop/pay')?.state).toBe('allowed');
    expect(edge(open('calls: [x]'), 'shop/*', 'shop/pay')?.state).toBe('undeclared');
    expect(edge(open('calls: [pay]'), 'shop/web', 'shop/pay')?.state).toBe('allowed');
  });

  test('an edge is refused if it is declared and nothing of it gets through', () => {
    const graph = buildGraph(
      linked(
        strict,
        service('pay'),
        service('web', 'calls: [pay]'),
        service('half', 'calls: [pay]'),
        document('Access', 'pay', [
          'service: pay',
          'rules:',
          '  - allow: {from: [{service: half}], to: [{methods: [GET]}]}',
        ]),
      ),
    );
    const refused = edge(graph, 'shop/web', 'shop/pay');
    expect(refused?.state).toBe('refused');
    expect(refused?.boxes).toEqual([expect.objectContaining({ verdict: 'refused', isDeclared: true })]);
    const half = edge(graph, 'shop/half', 'shop/pay');
    expect(half?.state).toBe('allowed');
    expect(half?.boxes.map(({ verdict, methods }) => [verdict, methods])).toEqual([
      ['allowed', ['GET']],
      ['refused', { not: ['GET'] }],
    ]);
  });
});

describe('between two revisions', () => {
  const parts = (calls: string, ...rest: readonly string[]): readonly string[] => [
    strict,
    service('pay'),
    service('web', calls),
    service('other'),
    ...rest,
  ];

  test.each<[string, string, string, GraphEdge['change']]>([
    ['{from: [{service: other}]}', '{from: [{service: other}, {service: web}]}', 'appears', 'appears'],
    ['{from: [{service: web}]}', '{from: [{service: other}]}', 'goes', 'goes'],
    [
      '{from: [{service: web}], to: [{methods: [GET]}]}',
      '{from: [{service: web}], to: [{methods: [GET, POST]}]}',
      'more',
      'widens',
    ],
    [
      '{from: [{service: web}], to: [{methods: [GET, POST]}]}',
      '{from: [{service: web}], to: [{methods: [GET]}]}',
      'fewer',
      'tightens',
    ],
    [
      '{from: [{service: web}], to: [{methods: [GET]}]}',
      '{from: [{service: web}], to: [{methods: [POST]}]}',
      'others',
      'changes',
    ],
  ])('%s becomes %s: %s', (was, is, _name, change) => {
    const of = (rule: string): ReturnType<typeof linked> =>
      linked(
        ...parts('calls: [pay]', document('Access', 'pay', ['service: pay', 'rules:', `  - allow: ${rule}`])),
      );
    const graph = buildGraph(of(is), of(was));
    expect(edge(graph, 'shop/web', 'shop/pay')?.change).toBe(change);
    // Edges to other services are the same.
    expect(graph.edges.filter(({ to, change: any }) => to !== 'shop/pay' && any !== undefined)).toEqual([]);
  });

  test('the same requests to other receivers are routed in another way', () => {
    const of = (timeout: string): ReturnType<typeof linked> =>
      linked(
        ...parts(
          'calls: [pay]',
          document('Route', 'pay', ['service: pay', 'rules:', `  - timeout: ${timeout}`]),
        ),
      );
    const graph = buildGraph(of('2s'), of('3s'));
    expect(edge(graph, 'shop/web', 'shop/pay')?.change).toBe('reroutes');
    expect(buildGraph(of('2s'), of('2s')).edges.filter(({ change }) => change !== undefined)).toEqual([]);
  });

  test('a service that comes or goes is marked with its edges', () => {
    const [small, large] = [
      linked(strict, service('pay'), only('pay', 'pay')),
      linked(strict, service('pay'), service('web'), only('pay', 'pay', 'web')),
    ];
    const coming = buildGraph(large, small);
    expect(coming.nodes.find(({ id }) => id === 'shop/web')?.change).toBe('appears');
    expect(edge(coming, 'shop/web', 'shop/pay')?.change).toBe('appears');
    const going = buildGraph(small, large);
    expect(going.nodes.find(({ id }) => id === 'shop/web')?.change).toBe('goes');
    expect(edge(going, 'shop/web', 'shop/pay')?.change).toBe('goes');
  });
});
