import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { readBack } from '../../../../src/core/import/verify/read-back.ts';
import type { Ir } from '../../../../src/core/ir/ir.ts';
import { loadSpec } from '../../../../src/core/spec/load.ts';
import { files } from '../../../../src/core/targets/files.ts';
import istio from '../../../../src/core/targets/istio/index.ts';
import { istioReader } from '../../../../src/core/targets/istio-objects/read/istio-reader.ts';
import { linkedSources, sourcesBelow } from '../../../cases/linked-mesh.ts';

const cases = fileURLToPath(new URL('../../../../fixtures/cases', import.meta.url));

/** Compiles a case, changes its EnvoyFilters, and reads all back. */
function readChanged(name: string, change: (text: string) => string = (text) => text) {
  const sources = sourcesBelow(path.join(cases, name));
  const { spec } = loadSpec(sources, {});
  if (spec === undefined) throw new Error('the case has no spec');
  const ir = linkedSources(sources);
  let isChanged = false;
  const output = files(istio.lower(ir, { version: istio.versions.at(-1) ?? '', options: {} })).map(
    ({ path: file, text }) => {
      const written = file.endsWith('envoyfilter.yaml') ? change(text) : text;
      isChanged ||= written !== text;
      return { file, bytes: new TextEncoder().encode(written) };
    },
  );
  const back = readBack(ir, spec, output, istioReader);
  const fates = back.ledger
    .filter(({ document }) => document.kind === 'EnvoyFilter')
    .map(({ document, fate }) => ({ name: document.name, type: fate.type }));
  const lost = [...new Set(fates.filter(({ type }) => type === 'lost').map((one) => one.name))];
  const unknown = fates.filter(({ type }) => type === 'unaccounted');
  return { before: ir, after: back.ir as Ir, lost, unknown, isChanged };
}

describe('an EnvoyFilter of the own output', () => {
  test.each([
    'access',
    'asked',
    'characters',
    'checked',
    'cookies',
    'doors',
    'limits',
    'pipelines',
    'sealed',
    'secured',
    'tokens',
  ])('is read in the case %s', (name) => {
    const { lost, unknown } = readChanged(name);
    expect(lost).toEqual([]);
    expect(unknown).toEqual([]);
  });

  test.each([
    [
      'limits',
      'limit.shop.api',
      'a tag that no limit counts',
      (text: string) => text.replace('limit: api/twice', 'limit: api/thrice'),
    ],
    [
      'limits',
      'limit.shop.api',
      'a limit without a rule',
      (text: string) => text.replace('value: api/twice', 'value: api/thrice'),
    ],
    [
      'limits',
      'limit.shop.api',
      'a rule that is not there',
      (text: string) => text.replace('name: api/twice', 'name: api/thrice'),
    ],
    [
      'limits',
      'limit.shop.api',
      'a port that the service has not',
      (text: string) => text.replaceAll('local:8080"', 'local:8081"'),
    ],
    [
      'limits',
      'limit.shop.api',
      'requests that the common bucket counts, too',
      (text: string) =>
        text.replace(
          'always_consume_default_token_bucket: false',
          'always_consume_default_token_bucket: true',
        ),
    ],
    [
      'limits',
      'limit.shop.api',
      'a common bucket that ends',
      (text: string) => text.replace('max_tokens: 4294967295', 'max_tokens: 100'),
    ],
    [
      'limits',
      'limit.shop.api',
      'a tag of another place',
      (text: string) => text.replace('source: ROUTE_ENTRY', 'source: DYNAMIC'),
    ],
    [
      'limits',
      'limit.shop.api',
      'another filter that counts',
      (text: string) => text.replace('SIDECAR_OUTBOUND\n      listener', 'GATEWAY\n      listener'),
    ],
    [
      'limits',
      'limit.counted',
      'a share of requests',
      (text: string) => text.replace(/(stat_prefix: service[\s\S]*?)numerator: 100/, '$1numerator: 99'),
    ],
    [
      'sealed',
      'application-tls.app',
      'an unchecked certificate',
      (text: string) => text.replace(/ +validation_context:[\s\S]*$/, ''),
    ],
    [
      'sealed',
      'application-tls.app',
      'no name in the handshake',
      (text: string) => text.replace(/ +sni: .*\n/, ''),
    ],
    [
      'sealed',
      'application-tls.app',
      'a name of another kind',
      (text: string) => text.replace('san_type: DNS', 'san_type: URI'),
    ],
    ['sealed', 'application-tls.app', 'another protocol', (text: string) => text.replace('http/1.1', 'h2')],
    [
      'sealed',
      'application-tls.app',
      'old versions of TLS',
      (text: string) => text.replace('TLSv1_2', 'TLSv1_0'),
    ],
    [
      'sealed',
      'application-tls.app',
      'calls that the pods make',
      (text: string) => text.replace('SIDECAR_INBOUND', 'SIDECAR_OUTBOUND'),
    ],
    [
      'sealed',
      'application-tls.app',
      'a port that the pods have not',
      (text: string) => text.replace('portNumber: 82', 'portNumber: 83'),
    ],
    [
      'doors',
      'greeting.app',
      'a longer time',
      (text: string) => text.replace('timeout: "1s"', 'timeout: "9s"'),
    ],
    [
      'access',
      'mesh-requests',
      'fewer refused paths for all',
      (text: string) => text.replace('[^?]*\\\\?[!-~]*[^!-~].*', '/only/this'),
    ],
    [
      'access',
      'mesh-requests',
      'an allow in place of a deny',
      (text: string) => text.replace('action: DENY', 'action: ALLOW'),
    ],
    [
      'access',
      'mesh-requests',
      'sidecars alone',
      (text: string) => text.replace('context: ANY', 'context: SIDECAR_INBOUND'),
    ],
    [
      'access',
      'mesh-requests',
      'another header that is dropped',
      (text: string) => text.replace('remove: x-envoy-max-retries', 'remove: authorization'),
    ],
    [
      'access',
      'mesh-requests',
      'paths that stay as they are',
      (text: string) => text.replace('normalize_path: true', 'normalize_path: false'),
    ],
    [
      'access',
      'mesh-requests',
      'another status',
      (text: string) => text.replace('status_code: 400', 'status_code: 200'),
    ],
    [
      'access',
      'mesh-f81d197caac4.payments',
      'a note about some callers',
      (text: string) =>
        text.replace(/(healthz[\s\S]*?)any: true/, '$1direct_remote_ip: {address_prefix: 10.0.0.1}'),
    ],
    [
      'access',
      'mesh-f81d197caac4.payments',
      'a note of what is refused',
      (text: string) => text.replace(/ALLOW(?=(?:(?!ALLOW)[\s\S])*healthz)/, 'DENY'),
    ],
    [
      'access',
      'mesh-401d26694402.payments',
      'a note with an identity in part',
      (text: string) =>
        text.replace(
          'exact: "spiffe://access.example/ns/shop/sa/checkout"',
          'prefix: "spiffe://access.example/ns/shop/sa/check"',
        ),
    ],
    [
      'access',
      'mesh-401d26694402.payments',
      'a note with half of a prefix',
      (text: string) => text.replace('prefix: /mostly/not/', 'suffix: /mostly/not/'),
    ],
    [
      'tokens',
      'mesh-6e7e76cff941.api',
      'a claim that lists do not fit',
      (text: string) => text.replace(/ +- list_match:\n +one_of:\n +string_match:\n +exact: infra\n/, ''),
    ],
    [
      'tokens',
      'mesh-6e7e76cff941.api',
      'a note from before the check of tokens',
      (text: string) => text.replace('INSERT_AFTER', 'INSERT_BEFORE'),
    ],
  ] as const)('of the case %s, %s, is lost with %s', (name, filter, _what, change) => {
    const { lost, unknown, isChanged } = readChanged(name, change);
    expect(isChanged).toBe(true);
    expect(lost).toContain(filter);
    expect(unknown).toEqual([]);
  });

  test('gives ports the TLS of their application', () => {
    const { before, after } = readChanged('secured');
    const tls = ({ services }: Ir) =>
      services['shop/app']?.ports.map(({ name, tls: own }) => [
        name,
        own?.sni,
        own?.subjectAltNames,
        own?.ca?.name,
      ]);
    expect(tls(after)).toEqual(tls(before));
    const other = readChanged('secured', (text) => text.replaceAll('outside-ca.pem', 'other-ca.pem')).after;
    expect(tls(other)).not.toEqual(tls(before));
  });

  test('gives a rule its limit, and an External its own', () => {
    const { before, after } = readChanged('limits', (text) =>
      text.replace('max_tokens: 10', 'max_tokens: 11'),
    );
    const limits = ({ services }: Ir) =>
      services['shop/api']?.ports[0]?.route.rules.map(({ action }) =>
        action.type === 'forward' ? action.rateLimit?.burst : undefined,
      );
    const burst = limits(before)?.map((one) => (one === 6 ? 7 : one));
    expect(burst).toContain(7);
    expect(limits(after)).toEqual(burst);
  });

  // A filter for other pods says nothing about these: the rule is read without the condition, and allows nothing by it.
  test('at other pods is no note for a policy', () => {
    const { after } = readChanged('access', (text) =>
      text.replace(/(mesh-4c32db9fa3b5\.payments[\s\S]*?)app: payments/, '$1app: checkout'),
    );
    const allows = JSON.stringify(after.services['shop/payments']?.access.allow);
    expect(allows).not.toContain('payments.internal');
  });
});
