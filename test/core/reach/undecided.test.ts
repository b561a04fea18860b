import { expect, test } from 'vitest';
import type { Gateway } from '../../../src/core/ir/gateway.ts';
import { compareMeshes } from '../../../src/core/reach/compare-meshes.ts';
import { authentication, gateway, issuer, listener, mesh, origin, port, service } from '../semantics/mesh.ts';

const web = service('shop/web', { ports: [port('http', 80, { service: 'shop/web' })] });
const http = (more: Partial<Gateway['listeners'][number]>): Gateway =>
  gateway('shop/public', [listener('http', 80, more)]);

test('a service whose identity changes is not proved, since its calls are those of another principal', () => {
  const moved = {
    ...web,
    workload: { ...web.workload, principal: { ...web.workload.principal, serviceAccount: 'other' } },
  };
  const { unproved } = compareMeshes(mesh({ services: [web] }), mesh({ services: [moved] }));
  expect(unproved).toEqual(['shop/web: its identity changes, so what it may call is not compared']);
});

test("a listener that reads the client's address elsewhere is not proved", () => {
  const { unproved } = compareMeshes(
    mesh({ services: [web], gateways: [http({})] }),
    mesh({ services: [web], gateways: [http({ clientAddress: { type: 'forwarded', hops: 1 } })] }),
  );
  expect(unproved).toEqual(["shop/public: the place where listeners read the client's address changes"]);
});

test('other keys and another external authorization are not proved', () => {
  const keys = (text: string) =>
    mesh({
      services: [
        {
          ...web,
          authentication: authentication({
            issuers: [issuer('s', 'https://s.example', { jwks: { type: 'inline', text } })],
          }),
        },
      ],
    });
  expect(compareMeshes(keys('one'), keys('one')).unproved).toEqual([]);
  expect(compareMeshes(keys('one'), keys('two')).unproved).toHaveLength(1);
  const asking = (timeout: number) =>
    mesh({
      services: [
        {
          ...web,
          authentication: authentication({
            externalAuthorization: {
              origin,
              service: 'shop/web',
              port: 'http',
              protocol: 'grpc',
              timeout,
              onError: 'deny',
              includeHeaders: [],
              maxBody: 0,
            },
          }),
        },
      ],
    });
  expect(compareMeshes(asking(1), asking(2)).unproved).toHaveLength(1);
});
