import { describe, expect, test } from 'vitest';
import type { Ir } from '../../../../src/core/ir/ir.ts';
import cilium from '../../../../src/core/targets/cilium/index.ts';
import gatewayApi from '../../../../src/core/targets/gateway-api/index.ts';
import { document, linked } from '../../ir/linked.ts';

interface HttpRule {
  readonly matches?: readonly { readonly path?: { readonly type: string; readonly value: string } }[];
  readonly filters?: readonly { readonly requestRedirect?: Readonly<Record<string, unknown>> }[];
}

const services = document('Service', 'books', ['ports: {http: {port: 80}}']);

function meshWith(...rules: readonly string[]): Ir {
  return linked(
    services,
    document('Route', 'books', ['service: books', 'rules:', ...rules.map((rule) => `  - ${rule}`)]),
  );
}

const readers = [
  ['cilium', cilium, { version: '1.20', options: {} }],
  ['gateway-api on Cilium', gatewayApi, { version: '1.6', options: { implementation: 'cilium' } }],
] as const;

describe.each(readers)('routes of %s', (_, target, context) => {
  const rulesOf = (ir: Ir): readonly HttpRule[] =>
    target.lower(ir, context).flatMap((artifact) => {
      const { kind, spec } = (
        artifact as unknown as { manifest: { kind: string; spec: { rules?: HttpRule[] } } }
      ).manifest;
      return kind === 'HTTPRoute' ? (spec.rules ?? []) : [];
    });
  const limitsOf = (ir: Ir): readonly string[] =>
    (target.limits?.(ir, context) ?? []).map(({ feature, reason }) => `${feature}: ${reason}`);

  // Cilium sorts patterns before prefixes (SortableRoute of its translation).
  test('give a prefix before a pattern the requests of both, since Cilium begins with patterns', () => {
    const ir = meshWith(
      '{match: [{path: {prefix: /a}}], redirect: {host: a.example}}',
      '{match: [{path: {regex: "/[ab]/.+"}}], redirect: {host: b.example}}',
    );
    const isArranged =
      rulesOf(ir)[0]?.matches?.some(({ path }) => path?.type === 'RegularExpression') === true;
    const isSaid = limitsOf(ir).some((limit) => limit.startsWith('route.order'));
    expect(isArranged || isSaid).toBe(true);
  });

  // Cilium takes a redirect with a scheme only for requests of another one (X-Forwarded-Proto).
  test('name the scheme of a redirect only if it changes', () => {
    const redirects = (rule: string): readonly unknown[] =>
      rulesOf(meshWith(rule)).flatMap(({ filters = [] }) =>
        filters.map(({ requestRedirect }) => requestRedirect?.['scheme']),
      );
    expect(redirects('{redirect: {host: a.example}}')).toEqual([undefined]);
    expect(redirects('{redirect: {scheme: https}}')).toEqual(['https']);
  });

  // Envoy exchanges the prefix of a redirect as it is: tried, `/old/x` became `//x`.
  test('say where a redirect from a prefix to the root doubles the slash', () => {
    const doubled =
      'route.redirect: the mesh exchanges the prefix of a redirect without regard to the slash behind it';
    const limits = (from: string, to: string): readonly string[] =>
      limitsOf(meshWith(`{match: [{path: {prefix: ${from}}}], redirect: {path: {replacePrefix: ${to}}}}`));
    expect(limits('/old', '/')).toContain(doubled);
    expect(limits('/old', '/new')).not.toContain(doubled);
  });

  test('write the slash behind a prefix that a redirect puts before every path', () => {
    const [rule] = rulesOf(
      meshWith('{match: [{path: {prefix: /}}], redirect: {path: {replacePrefix: /new}}}'),
    );
    expect(rule?.filters?.[0]?.requestRedirect?.['path']).toEqual({
      type: 'ReplacePrefixMatch',
      replacePrefixMatch: '/new/',
    });
  });

  // `IsBackendReferenceAllowed` of Cilium asks for a grant of routes inside the mesh, too.
  test('bring a grant for a backend of another namespace', () => {
    const ir = linked(
      services,
      document('Service', 'far', ['ports: {http: {port: 80}}'], 'other'),
      document('Route', 'books', ['service: books', 'rules: [{backends: [{service: other/far}]}]']),
    );
    const grants = target
      .lower(ir, context)
      .filter(({ kind }) => kind === 'ReferenceGrant')
      .map(({ namespace }) => namespace);
    expect(grants).toEqual(['other']);
  });

  // Envoy takes programs of 100 instructions unless its runtime says otherwise, and Cilium's does not.
  test('leave out a match whose pattern Envoy refuses, with all routes around it', () => {
    const ir = meshWith(
      `{match: [{path: {regex: "/${'a'.repeat(150)}"}}], redirect: {host: a.example}}`,
      '{redirect: {host: b.example}}',
    );
    expect(JSON.stringify(rulesOf(ir))).not.toContain('aaaa');
    expect(limitsOf(ir)).toContain('route.path-regex: the proxy takes patterns of 100 instructions at most');
  });
});
