import { expect, test } from 'vitest';
import { askedImport } from '../../import/asked-import.ts';

/** The three spellings of config entries: as Consul prints them, as HCL has them, and as objects of Kubernetes. */
const spellings = {
  capitalised: (name: string, sources: string) =>
    `{Kind: service-intentions, Name: ${name}, Sources: [${sources}]}\n---\n`,
  underscored: (name: string, sources: string) =>
    `{kind: service-intentions, name: ${name}, sources: [${sources.replaceAll('PathPrefix', 'path_prefix').replace(/\b[A-Z]\w+(?=:)/g, (word) => word.toLowerCase())}]}\n---\n`,
} as const;

const defaults = ['books', 'web', 'evil']
  .map((name) => `{Kind: service-defaults, Name: ${name}, Protocol: http}\n---\n`)
  .join('');

test.each(Object.keys(spellings) as (keyof typeof spellings)[])(
  'intentions in the %s spelling decide by the most exact source',
  async (spelling) => {
    const native = spellings[spelling](
      'books',
      '{Name: web, Permissions: [{Action: deny, HTTP: {PathPrefix: /admin}}, {Action: allow, HTTP: {Methods: [GET]}}]}, {Name: evil, Action: deny}, {Name: "*", Action: allow}',
    );
    const { outcome, codes } = await askedImport('consul', defaults + native);
    const ask = (from: string, path: string, method: string) =>
      outcome({ from: `default/${from}`, to: 'default/books', path, method });
    expect(ask('web', '/', 'GET')).toBe('forwarded');
    expect(ask('web', '/', 'POST')).toBe('refused');
    expect(ask('web', '/admin', 'GET')).toBe('refused');
    expect(ask('evil', '/', 'GET')).toBe('refused');
    expect(ask('books', '/', 'POST')).toBe('forwarded');
    // The default policy is not among the input.
    expect(codes.filter((code) => code !== 'MESH7007')).toEqual(['MESH7030']);
  },
);

test('the intention of all services is the posture', async () => {
  const open = '{Kind: service-intentions, Name: "*", Sources: [{Name: "*", Action: allow}]}';
  const { outcome } = await askedImport('consul', `${defaults}${open}`);
  expect(outcome({ from: 'default/evil', to: 'default/books' })).toBe('forwarded');
});

test('without an intention nobody gets in', async () => {
  const { outcome } = await askedImport('consul', defaults);
  expect(outcome({ from: 'default/evil', to: 'default/books' })).toBe('refused');
});

test('an unknown field of an entry is not accounted for', async () => {
  const { codes } = await askedImport('consul', '{Kind: service-defaults, Name: web, Brandnew: 1}');
  expect(codes).toContain('MESH7000');
});

test('an entry of one kind and name twice is refused', async () => {
  const { codes } = await askedImport('consul', `${defaults}{kind: service-defaults, name: web}`);
  expect(codes).toContain('MESH7008');
});

test('a gateway is a caller of its own', async () => {
  const native = `${defaults}
Kind: ingress-gateway
Name: entrance
Listeners: [{Port: 80, Protocol: http, Services: [{Name: books, Hosts: ["*"]}, {Name: web, Hosts: [web.example]}]}]
---
{Kind: service-intentions, Name: books, Sources: [{Name: entrance, Action: allow}]}
`;
  const { outcome } = await askedImport('consul', native);
  expect(outcome({ gateway: 'default/entrance', port: 80, host: 'books.example' })).toBe('forwarded');
  expect(outcome({ gateway: 'default/entrance', port: 80, host: 'web.example' })).toBe('refused');
  expect(outcome({ from: 'default/web', to: 'default/books' })).toBe('refused');
});

test('the longest path of an API gateway decides, whatever the order of rules', async () => {
  const rule = (path: string, service: string) =>
    `{Matches: [{Path: {Match: prefix, Value: ${path}}}], Services: [{Name: ${service}}]}`;
  const native = `${defaults}
{Kind: api-gateway, Name: public, Listeners: [{Name: main, Port: 80, Protocol: http}]}
---
{Kind: http-route, Name: all, Parents: [{Kind: api-gateway, Name: public}], Rules: [${rule('/', 'web')}, ${rule('/books', 'books')}]}
---
{Kind: service-intentions, Name: books, Sources: [{Name: public, Action: allow}]}
`;
  const { outcome } = await askedImport('consul', native);
  const ask = (path: string) => outcome({ gateway: 'default/public', port: 80, host: 'any.example', path });
  expect(ask('/books/1')).toBe('forwarded');
  expect(ask('/other')).toBe('refused');
});
