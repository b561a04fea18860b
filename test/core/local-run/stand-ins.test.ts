import { expect, test } from 'vitest';
import { starterDocuments } from '../../../src/core/init/starter-documents.ts';
import { link } from '../../../src/core/ir/link/link.ts';
import { callToTry } from '../../../src/core/local-run/call-to-try.ts';
import { standIns } from '../../../src/core/local-run/stand-ins.ts';
import { loadSpec } from '../../../src/core/spec/load.ts';

function linked(texts: readonly string[]) {
  const sources = texts.map((text, i) => ({
    file: text.includes('kind: Mesh') ? 'mesh.yaml' : `${String(i)}.yaml`,
    text,
    bytes: Buffer.from(text),
  }));
  const { spec, diagnostics } = loadSpec({ sources, unreadable: [] }, {});
  const ir = spec && link(spec).ir;
  if (ir === undefined) throw new Error(JSON.stringify(diagnostics));
  return ir;
}

const starter = starterDocuments('hello', 'envoy').map(({ text }) => text);

test('the first mesh has a little service for each version of hello, and a call to try', () => {
  const ir = linked(starter);
  expect(standIns(ir, false)).toEqual([
    { service: 'default/hello', version: 'v1', address: { host: '127.0.0.1', port: 27180 } },
    { service: 'default/hello', version: 'v2', address: { host: '127.0.0.1', port: 27280 } },
  ]);
  expect(callToTry(ir)).toBe("Try: curl -H 'host: hello' http://127.0.0.1:27001/");
});

test('a caller without endpoints has no call to try, but a way to get a proxy', () => {
  const ir = linked(starter);
  const without = { ...ir.services['default/web']!, versions: [] };
  expect(callToTry({ ...ir, services: { ...ir.services, 'default/web': without } })).toMatch(
    /^default\/web has no proxy to call from: give it endpoints/,
  );
  const hello = ir.services['default/hello']!;
  expect(callToTry({ ...ir, services: { 'default/hello': hello } })).toBeUndefined();
});

test('the call to try is one that the mesh lets through, wherever it stands', () => {
  const more = `apiVersion: mesh/v1
kind: Service
metadata: {name: batch}
spec:
  calls: [hello]
  endpoints: {default: [{outbound: "127.0.0.1:27501", admin: "127.0.0.1:27500"}]}
`;
  // No Access lets batch, the first caller, in.
  expect(callToTry(linked([...starter, more]))).toBe("Try: curl -H 'host: hello' http://127.0.0.1:27001/");
});

test('the call to try is rather one of a service that nobody calls', () => {
  const more = `apiVersion: mesh/v1
kind: Service
metadata: {name: about}
spec:
  ports: {http: {port: 80}}
  calls: [hello]
  endpoints: {default: [{app: "127.0.0.1:27580", inbound: "127.0.0.1:27506", outbound: "127.0.0.1:27501", admin: "127.0.0.1:27500"}]}
---
apiVersion: mesh/v1
kind: Access
metadata: {name: about}
spec: {service: hello, rules: [{allow: {from: [about]}}]}
`;
  expect(callToTry(linked([...starter, more]))).toContain('http://127.0.0.1:27001/');
});

test('an address of the user is answered for only on request', () => {
  const ir = linked(starter.map((text) => text.replace('127.0.0.1:27180', '127.0.0.1:8080')));
  expect(standIns(ir, false).map(({ version }) => version)).toEqual(['v2']);
  expect(standIns(ir, true).map(({ version }) => version)).toEqual(['v1', 'v2']);
});

test('no address of another machine and no port with another protocol is answered for', () => {
  const other = starter.map((text) =>
    text
      .replace('127.0.0.1:27180', '10.0.0.7:27180')
      .replace('http: {port: 80}', 'http: {port: 80, protocol: http}'),
  );
  expect(standIns(linked(other), true).map(({ version }) => version)).toEqual(['v2']);
  const tcp = starter
    .filter((text) => !/kind: (?:Route|Access)/.test(text))
    .map((text) => text.replace('http: {port: 80}', 'tcp: {port: 80, protocol: tcp}'));
  expect(standIns(linked(tcp), true)).toEqual([]);
});

test('no first mesh listens at a port of Istio', () => {
  const ports = [...starter.join('\n').matchAll(/127\.0\.0\.1:(\d+)/g)].map(([, port]) => Number(port));
  expect(ports.length).toBeGreaterThan(8);
  expect(ports.filter((port) => port >= 15000 && port <= 15100)).toEqual([]);
  expect(new Set(ports).size).toBe(ports.length);
});
