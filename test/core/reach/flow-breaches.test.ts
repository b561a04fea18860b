import { expect, test } from 'vitest';
import type { Ir } from '../../../src/core/ir/ir.ts';
import type { PrincipalMatch } from '../../../src/core/ir/principal.ts';
import { FlowBreaches } from '../../../src/core/reach/flow-breaches.ts';
import type { FlowRule } from '../../../src/core/reach/flow-test.ts';
import {
  access,
  allow,
  backend,
  external,
  forward,
  gateway,
  listener,
  mesh,
  origin,
  port,
  route,
  rule,
  service,
  spiffe,
} from '../semantics/mesh.ts';

const location = { file: '', range: { start: { line: 1, column: 1 }, end: { line: 1, column: 1 } } };

/** Returns the callers that break a flow, and the reasons why it isn't proved. */
function asked(ir: Ir, rule: FlowRule, from: PrincipalMatch, to: string): readonly string[] {
  const found = [
    ...new FlowBreaches(ir).of({ rule, from: [from], target: { location, ids: [to] }, apart: [] }),
  ];
  return [...new Set(found.map((one) => ('unproved' in one ? one.unproved : one.from)))];
}

test('must asks the short name of a service for callers of its namespace, and for no others', () => {
  const named = access(
    allow({
      from: [spiffe('shop/web'), spiffe('ops/web')],
      to: [{ origin, hosts: ['pay.shop', 'pay.shop.svc.cluster.local'] }],
    }),
  );
  const ir = mesh({
    services: [
      service('ops/web', { ports: [] }),
      service('shop/pay', { ports: [port('http', 80, { service: 'shop/pay' })], access: named }),
    ],
  });
  expect(asked(ir, 'must', spiffe('shop/web'), 'shop/pay')).toEqual(['shop/web']);
  expect(asked(ir, 'must', spiffe('ops/web'), 'shop/pay')).toEqual([]);
});

const toBank = route(rule({ action: forward({ backends: [backend({ service: 'shop/bank' })] }) }));
const leading = gateway('shop/public', [
  listener('web', 80, { virtualHosts: [{ origin, hostname: '*', route: toBank }] }),
]);
const publicGateway = spiffe('shop/public');

test('a gateway whose Route leads to an External gets through to it', () => {
  const ir = mesh({ externals: [external('shop/bank')], gateways: [leading] });
  expect(asked(ir, 'never', publicGateway, 'shop/bank')).toEqual(['the gateway shop/public']);
  expect(asked(ir, 'only', spiffe('shop/web'), 'shop/bank')).toContain('the gateway shop/public');
  const closed = mesh({
    externals: [external('shop/bank', { from: [spiffe('shop/web')] })],
    gateways: [leading],
  });
  expect(asked(closed, 'never', publicGateway, 'shop/bank')).toEqual([]);
  const without = mesh({ externals: [external('shop/bank')], gateways: [gateway('shop/public', [])] });
  expect(asked(without, 'never', publicGateway, 'shop/bank')).toEqual([]);
});

test('a gateway is asked by the hosts that an Access of its backend tells apart', () => {
  const ir = mesh({
    services: [
      service('shop/bank', {
        ports: [port('http', 80, { service: 'shop/bank' })],
        access: access(
          allow({
            from: [publicGateway],
            to: [{ origin, hosts: ['admin.example'], paths: [{ type: 'exact', value: '/a' }] }],
          }),
        ),
      }),
    ],
    gateways: [leading],
  });
  const flow = {
    rule: 'never',
    from: [publicGateway],
    target: { location, ids: ['shop/bank'] },
    apart: [],
  } as const;
  const requests = [...new FlowBreaches(ir).of(flow)].flatMap((one) =>
    'request' in one ? [one.request] : [],
  );
  expect(requests.map(({ to, host, path }) => [to.type, host, path])).toContainEqual([
    'gateway',
    'admin.example',
    '/a',
  ]);
});

test('must from a gateway is not proved if more than an Access may refuse it', () => {
  const why = ['what the gateway shop/public sends there may be refused'];
  const from = [spiffe('shop/web')];
  const bank = (closed: boolean) =>
    mesh({ externals: [external('shop/bank', closed ? { from } : {})], gateways: [leading] });
  expect(asked(bank(true), 'must', publicGateway, 'shop/bank')).toEqual(why);
  expect(asked(bank(false), 'must', publicGateway, 'shop/bank')).toEqual([]);
  const hidden = service('shop/bank', {
    ports: [port('http', 80, { service: 'shop/bank' })],
    exposeTo: ['ops'],
  });
  expect(
    asked(mesh({ services: [hidden], gateways: [leading] }), 'must', publicGateway, 'shop/bank'),
  ).toEqual(why);
});

test('callers without a proxy of the mesh count at a service, and not at an External', () => {
  const ir = mesh({
    services: [
      service('shop/web', { ports: [] }),
      service('shop/cart', { ports: [] }),
      service('shop/pay', { ports: [port('http', 80, { service: 'shop/pay' })] }),
    ],
    externals: [external('shop/bank', { from: [spiffe('shop/web')] }), external('shop/post')],
  });
  expect(asked(ir, 'only', spiffe('shop/web'), 'shop/bank')).toEqual([]);
  expect(asked(ir, 'never', spiffe('shop/cron'), 'shop/bank')).toEqual([]);
  expect(asked(ir, 'never', { type: 'anyone' }, 'shop/bank')).toEqual(['shop/web']);
  expect(asked(ir, 'only', spiffe('shop/web'), 'shop/post')).toContain('every other service of shop');
  expect(asked(ir, 'only', spiffe('shop/web'), 'shop/pay')).toContain('other accounts of shop');
  expect(asked(ir, 'never', spiffe('shop/cron'), 'shop/pay')).toEqual([
    'spiffe://shop.example/ns/shop/sa/cron',
  ]);
});

test('must from a gateway needs a Route of the gateway that leads to the target', () => {
  const why = ['no Route of the gateway shop/public leads there'];
  const pay = service('shop/pay', { ports: [port('http', 80, { service: 'shop/pay' })] });
  const ir = mesh({ services: [pay], externals: [external('shop/bank')], gateways: [leading] });
  expect(asked(ir, 'must', publicGateway, 'shop/pay')).toEqual(why);
  const without = mesh({ externals: [external('shop/bank')], gateways: [gateway('shop/public', [])] });
  expect(asked(without, 'must', publicGateway, 'shop/bank')).toEqual(why);
  expect(asked(without, 'must', { type: 'anyone' }, 'shop/bank')).toEqual([]);
  expect(asked(ir, 'must', publicGateway, 'shop/bank')).toEqual([]);
});

test('a gateway that runs as the account of a service is asked by its own Routes', () => {
  const gone = route(rule({ action: { origin, type: 'respond', status: 410, body: '' } }));
  const pay = service('shop/bank', {
    ports: [port('http', 80, { service: 'shop/bank', route: gone })],
    access: access(allow({ from: [spiffe('shop/web')] })),
  });
  const asWeb = {
    ...leading,
    workload: {
      ...leading.workload,
      principal: { ...leading.workload.principal, serviceAccount: 'web' },
    },
  };
  const ir = mesh({ services: [pay], gateways: [asWeb] });
  expect(asked(ir, 'never', spiffe('shop/web'), 'shop/bank')).toEqual(['the gateway shop/public']);
  expect(asked(ir, 'must', spiffe('shop/web'), 'shop/bank')).toEqual([
    'the gateway shop/public has the account of a service',
  ]);
});
