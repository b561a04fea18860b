import { expect, test } from 'vitest';
import { externalTls } from '../../../src/core/analyze/analyzers/external-tls.ts';
import type { Diagnostic } from '../../../src/core/diagnostics/diagnostic.ts';
import { link } from '../../../src/core/ir/link/link.ts';
import { document, mesh, spec } from '../ir/linked.ts';

/** Returns the fixes of the findings about an External with these ports; undefined for a finding without one. */
function fixes(ports: string): readonly (string | undefined)[] {
  const loaded = spec(mesh(), document('External', 'bank', ['hosts: [bank.example]', `ports: ${ports}`]));
  const { ir } = link(loaded);
  if (ir === undefined) throw new Error('the spec does not link');
  const found: Diagnostic[] = [];
  externalTls.analyze({ spec: loaded, ir, today: '2026-06-15' }, (one) => found.push(one));
  return found.map(({ fix }) => fix?.title);
}

test('tls is offered for an External whose ports are all HTTP on 443, since it holds for every port', () => {
  expect(fixes('{http: {port: 443}}')).toEqual(['write tls: {}']);
  expect(fixes('{http: {port: 443}, plain: {port: 80, protocol: http}}')).toEqual([undefined]);
  expect(fixes('{http: {port: 443}, tls: {port: 8443}}')).toEqual([undefined]);
});
