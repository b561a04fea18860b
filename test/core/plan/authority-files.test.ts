import { expect, test } from 'vitest';
import { authorityFiles } from '../../../src/core/plan/authority-files.ts';
import { external, mesh, origin, port, service } from '../semantics/mesh.ts';

test('the files are those of federation, applications and Externals, and lie beside the spec', () => {
  const ca = (name: string) => ({ type: 'file', name }) as const;
  const tls = (name: string) => ({ origin, sni: 'e.example', subjectAltNames: [], ca: ca(name) });
  const ir = mesh(
    {
      services: [
        service('shop/r', { ports: [{ ...port('http', 80, { service: 'shop/r' }), tls: tls('b.pem') }] }),
      ],
      externals: [
        external('shop/e', { tls: tls('a.pem') }),
        external('shop/f', { tls: tls('/etc/a.pem') }),
        external('shop/g', { tls: tls('../a.pem') }),
      ],
    },
    ['partner.example'],
  );
  expect(authorityFiles(ir)).toEqual(['a.pem', 'b.pem', 'partner.example.pem']);
});
