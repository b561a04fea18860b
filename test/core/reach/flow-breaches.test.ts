import { expect, test } from 'vitest';
import type { Ir } from '../../../src/core/ir/ir.ts';
import type { PrincipalMatch } from '../../../src/core/ir/principal.ts';
import { FlowBreaches } from '../../../src/core/reach/flow-breaches.ts';
import type { FlowRule } from '../../../src/core/reach/flow-test.ts';
import { access, allow, mesh, origin, port, service, spiffe } from '../semantics/mesh.ts';

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
