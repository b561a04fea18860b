import { describe, expect, test } from 'vitest';
import type { Ir } from '../../../../src/core/ir/ir.ts';
import cilium from '../../../../src/core/targets/cilium/index.ts';
import { document, linked, mesh } from '../../ir/linked.ts';
import { access, closed } from '../book-shop.ts';

interface Rule {
  readonly fromEndpoints?: readonly {
    readonly matchLabels?: Readonly<Record<string, string>>;
    readonly matchExpressions?: readonly {
      readonly key: string;
      readonly operator: string;
      readonly values?: readonly string[];
    }[];
  }[];
  readonly fromEntities?: readonly string[];
  readonly toPorts?: readonly {
    readonly ports: readonly { readonly port: string }[];
    readonly rules?: { readonly http: readonly Readonly<Record<string, unknown>>[] };
  }[];
}

interface Manifest {
  readonly kind: string;
  readonly metadata: { readonly name: string };
  readonly spec: Readonly<Record<string, unknown>> & {
    readonly ingress?: readonly Rule[];
    readonly ingressDeny?: readonly Rule[];
    readonly egress?: readonly Readonly<Record<string, unknown>>[];
  };
}

const context = { version: '1.20', options: {} };
const caller = (name: string, ...lines: readonly string[]): string =>
  document('Service', name, ['versions: {v1: {}}', ...lines]);
const books = document('Service', 'books', ['ports: {http: {port: 80, targetPort: 8080}}']);

function specOf(name: string, ir: Ir): Manifest['spec'] {
  const found = cilium
    .lower(ir, context)
    .map((artifact) => (artifact as unknown as { readonly manifest: Manifest }).manifest)
    .find(({ kind, metadata }) => kind === 'CiliumNetworkPolicy' && metadata.name === name);
  if (found === undefined) throw new Error(`no policy ${name}`);
  return found.spec;
}

const limitsOf = (ir: Ir): readonly string[] =>
  (cilium.limits?.(ir, context) ?? []).map(({ feature, callers }) => `${feature}: ${callers}`);

const account = 'k8s:io.cilium.k8s.policy.serviceaccount';
const namespace = 'k8s:io.kubernetes.pod.namespace';

describe('policies of Cilium', () => {
  test('close the pods of a service that nobody may call: without any rule they would stay open', () => {
    const { ingress, enableDefaultDeny } = specOf('books', linked(closed, caller('web'), books));
    expect(ingress).toEqual([{}]);
    expect(enableDefaultDeny).toEqual({ ingress: true });
  });

  test('compare a path with its query', () => {
    const ir = linked(
      closed,
      caller('web'),
      books,
      access('books', 'allow: {from: [{service: web}], to: [{paths: [{exact: /a}, {prefix: /b}]}]}'),
    );
    const http = specOf('books', ir).ingress?.[0]?.toPorts?.[0]?.rules?.http ?? [];
    const takes = (path: string): boolean =>
      http.some((rule) => new RegExp(`^(?:${String(rule['path'])})$`).test(path));
    expect(['/a', '/a?x=1', '/b', '/b?x', '/b/c?x'].filter((path) => !takes(path))).toEqual([]);
    expect(['/a/', '/ab', '/bc', '/c?/a', '/c?/b/'].filter(takes)).toEqual([]);
  });

  test('give no caller a rule for connections beside its rules for requests, which it would open', () => {
    const ir = linked(
      closed,
      caller('web'),
      caller('job'),
      books,
      access(
        'books',
        'allow: {from: [{namespace: shop}], to: [{methods: [GET]}]}',
        'allow: {from: [{service: web}]}',
      ),
    );
    const rules = specOf('books', ir).ingress ?? [];
    const open = rules.filter(({ toPorts }) => toPorts?.[0]?.rules === undefined);
    expect(open.map(({ fromEndpoints }) => fromEndpoints)).toEqual([
      [{ matchLabels: { [namespace]: 'shop', [account]: 'web' } }],
    ]);
    const asked = rules.filter(({ toPorts }) => toPorts?.[0]?.rules !== undefined);
    expect(asked.map(({ fromEndpoints }) => fromEndpoints)).toEqual([
      [
        {
          matchLabels: { [namespace]: 'shop' },
          matchExpressions: [{ key: account, operator: 'NotIn', values: ['web'] }],
        },
      ],
    ]);
  });

  test('deny connections against policies of other authors, and requests by leaving them out', () => {
    const ir = linked(
      closed,
      caller('web'),
      caller('job'),
      books,
      access(
        'books',
        'allow: {from: [{namespace: shop}]}',
        'deny: {from: [{service: job}]}',
        'deny: {from: [{service: web}], to: [{methods: [DELETE], paths: [{prefix: /a}]}]}',
      ),
    );
    const { ingress = [], ingressDeny = [] } = specOf('books', ir);
    expect(ingressDeny.map(({ fromEndpoints }) => fromEndpoints)).toEqual([
      [{ matchLabels: { [namespace]: 'shop', [account]: 'job' } }],
    ]);
    const ofWeb = ingress.find(({ fromEndpoints }) => fromEndpoints?.[0]?.matchLabels?.[account] === 'web');
    const http = ofWeb?.toPorts?.[0]?.rules?.http ?? [];
    const fits = (pattern: unknown, value: string): boolean =>
      typeof pattern !== 'string' || new RegExp(`^(?:${pattern})$`).test(value);
    const takes = (method: string, path: string): boolean =>
      http.some((rule) => fits(rule['method'], method) && fits(rule['path'], path));
    expect(takes('GET', '/a/b')).toBe(true);
    expect(takes('DELETE', '/ab')).toBe(true);
    expect(takes('DELETE', '/a?x')).toBe(false);
    expect(takes('DELETE', '/a/b')).toBe(false);
    expect(limitsOf(ir)).toEqual([]);
  });

  test('name no other accounts without a namespace: such a selector takes hosts outside of the cluster', () => {
    const ir = linked(
      mesh('access: allow'),
      caller('web'),
      books,
      access('books', 'deny: {from: [{service: web}]}'),
    );
    for (const { fromEndpoints = [] } of specOf('books', ir).ingress ?? [])
      for (const { matchLabels = {}, matchExpressions = [] } of fromEndpoints)
        expect(
          namespace in matchLabels ||
            matchExpressions.some(({ key, operator }) => key === namespace && operator === 'Exists'),
        ).toBe(true);
  });

  test('let gateways in only where all of them may call, since Cilium knows them as one', () => {
    const gateway = (name: string): string =>
      document('Gateway', name, ['listeners: {http: {port: 80, protocol: http}}']);
    const rule = (...names: readonly string[]): string =>
      access('books', `allow: {from: [${names.map((name) => `{gateway: ${name}}`).join(', ')}]}`);
    const entities = (...documents: readonly string[]): readonly unknown[] =>
      (specOf('books', linked(closed, books, ...documents)).ingress ?? []).flatMap(
        ({ fromEntities = [] }) => fromEntities,
      );
    expect(entities(gateway('one'), rule('one'))).toEqual(['ingress']);
    expect(entities(gateway('one'), gateway('two'), rule('one'))).toEqual([]);
    expect(limitsOf(linked(closed, books, gateway('one'), gateway('two'), rule('one')))).toEqual([
      'access.identity: some callers of this rule are refused',
    ]);
    expect(entities(gateway('one'), gateway('two'), rule('one', 'two'))).toEqual(['ingress']);
  });

  test('compare names of headers in lower case, and leave out conditions that Cilium lacks', () => {
    const allow = (header: string): string => `allow: {from: [{service: web}], to: [{headers: ${header}}]}`;
    const rules = (header: string): readonly unknown[] =>
      (
        specOf('books', linked(closed, caller('web'), books, access('books', allow(header)))).ingress ?? []
      ).flatMap(({ toPorts = [] }) => toPorts.flatMap((one) => one.rules?.http ?? []));
    expect(rules('{X-Tier: {exact: Gold}}')).toEqual([
      { headerMatches: [{ name: 'x-tier', value: 'Gold' }] },
    ]);
    expect(rules('{X-Tier: {present: true}}')).toEqual([{ headers: ['x-tier'] }]);
    for (const header of ['{x: {prefix: a}}', '{x: {present: false}}', '{x: {not: {exact: a}}}'])
      expect(rules(header)).toEqual([]);
  });

  test('say that pods stay open if Cilium does not read the label that selects them', () => {
    const labelled = document('Service', 'books', [
      'ports: {http: {port: 80, targetPort: 8080}}',
      'workload: {labels: {pod-template-hash: abc}}',
    ]);
    expect(limitsOf(linked(closed, labelled))).toContain(
      'mtls.strict: calls that should be refused are served',
    );
    expect(limitsOf(linked(closed, books))).toEqual([]);
  });

  test('never ask for authentication, which Cilium removes', () => {
    const ir = linked(closed, caller('web'), books, access('books', 'allow: {from: [{service: web}]}'));
    expect(JSON.stringify(cilium.lower(ir, context))).not.toContain('authentication');
  });
});

describe('egress of Cilium', () => {
  test('opens hosts by name to the accounts that may call them, and the names themselves', () => {
    const external = document('External', 'pay', [
      'hosts: [pay.example, "*.pay.example"]',
      'ports: {https: {port: 443, protocol: tls}}',
      'from: [{service: web}]',
    ]);
    const ir = linked(mesh('egress: deny'), caller('web'), caller('job'), external);
    const names = (service: string): readonly unknown[] =>
      (specOf(`${service}.egress`, ir).egress ?? []).flatMap(({ toFQDNs }) => toFQDNs ?? []);
    expect(names('web')).toEqual([{ matchName: 'pay.example' }, { matchPattern: '**.pay.example' }]);
    expect(names('job')).toEqual([]);
    expect(
      specOf('job.egress', ir).egress?.some(({ toPorts }) => JSON.stringify([toPorts]).includes('dns')),
    ).toBe(true);
  });
});
