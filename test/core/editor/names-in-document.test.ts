import { expect, test } from 'vitest';
import { namesInDocument } from '../../../src/core/editor/names-in-document.ts';
import { parseSource } from '../../../src/core/source/parse.ts';

/** Returns each name that refers to another line, with the line and column of the name itself. */
function references(text: string): readonly string[] {
  const { documents } = parseSource({ file: 'a.yaml', bytes: new TextEncoder().encode(text) });
  return documents.flatMap(namesInDocument).flatMap(({ thing, id, isDefinition, location: { range } }) => {
    const { line, column } = range.start;
    return isDefinition ? [] : [`${String(line)}:${String(column)} ${thing} ${id}`];
  });
}

test('the service that an Access guards is a name, a star is none', () => {
  const access = (service: string): string => `apiVersion: mesh/v1
kind: Access
metadata: {name: a, namespace: shop}
spec:
  service: ${service}
  rules: [{allow: {from: [web]}}]
`;
  expect(references(access('reviews'))).toEqual(['5:12 service shop/reviews', '6:27 service shop/web']);
  expect(references(access('"*"'))).toEqual(['6:27 service shop/web']);
});

test('a key of tcp is the name of a service, also if the port has the same name', () => {
  const service = `apiVersion: mesh/v1
kind: Service
metadata: {name: web, namespace: shop}
spec:
  ports: {tcp: {port: 80}}
  endpoints:
    default:
      - {outbound: "127.0.0.1:1", tcp: {redis:redis: "127.0.0.1:2", data/tcp:db: "127.0.0.1:3"}}
`;
  expect(references(service).filter((name) => !name.includes('version'))).toEqual([
    '8:41 service shop/redis',
    '8:69 namespace data',
    '8:74 service data/tcp',
  ]);
});
