import { expect, test } from 'vitest';
import type { Ir } from '../../../../src/core/ir/ir.ts';
import { stages } from '../../../../src/core/outputs/directory/stages.ts';
import type { Revision } from '../../../../src/core/revision/revision.ts';
import envoy from '../../../../src/core/targets/envoy/index.ts';
import { handMade } from '../../run/hand-made.ts';
import { linked, lower } from '../../targets/envoy/lowered.ts';

function revision(mtls: string): Revision {
  const ir = linked(`kind: Service
metadata: {name: web, namespace: shop}
spec: {endpoints: {default: [{name: a}]}}
---
kind: Service
metadata: {name: app, namespace: shop}
spec:
  ports: {http: {port: 80, mtls: ${mtls}, tls: {sni: app.internal}}}
  calls: []
  endpoints: {default: ["10.0.0.7:8080"]}
---
kind: Access
metadata: {name: app, namespace: shop}
spec: {service: app, rules: [{allow: {from: [{anyone: true}]}}]}
`);
  return { ...handMade({ admin: 1, outbound: 2, clusters: {}, weights: {} }), ir, artifacts: lower(ir) };
}

/** Returns the server name that callers send, and the chains of the server's listener, at each stage. */
function walked(old: Revision, next: Revision): readonly string[] {
  const way = stages(old, next, (ir: Ir) => lower(ir), envoy.between);
  return way.map(({ name, revision: { artifacts } }) => {
    const text = (kind: string, of: string): string =>
      JSON.stringify(artifacts.filter((one) => one.kind === kind && one.name === of));
    const asked = /"sni":"([^"]+)"/.exec(text('Cluster', 'shop/app/default/http'))?.[1];
    const chains = [...text('Listener', 'inbound/http').matchAll(/"name":"(mesh|passed|plain)"/g)];
    return `${name}: asks ${String(asked)}, takes ${chains.map(([, chain]) => chain).join(' ')}`;
  });
}

const [strict, disabled] = ['strict', 'disabled'].map(revision);

test('the TLS of an application passes as long as callers start it, beside that of the mesh', () => {
  // `anyone` has another meaning under strict, so rules and modes change one after the other.
  expect(walked(strict!, disabled!)).toEqual([
    'make: asks app.shop, takes mesh',
    'make: asks app.shop, takes passed mesh plain',
    'switch: asks app.internal, takes passed mesh plain',
    'switch: asks app.internal, takes plain',
    'break: asks app.internal, takes plain',
  ]);
  expect(walked(disabled!, strict!)).toEqual([
    'make: asks app.internal, takes plain',
    'make: asks app.internal, takes passed mesh plain',
    'switch: asks app.shop, takes passed mesh plain',
    'switch: asks app.shop, takes mesh',
    'break: asks app.shop, takes mesh',
  ]);
});
