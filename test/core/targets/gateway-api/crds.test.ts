import { describe, expect, test } from 'vitest';
import type { Json, ObjectArtifact } from '../../../../src/core/targets/artifact.ts';
import gatewayApi from '../../../../src/core/targets/gateway-api/index.ts';
import { meshCases } from '../../../cases/cases.ts';
import { linkedMesh } from '../../../cases/linked-mesh.ts';
import experimental from '../../../schemas/gateway-api-experimental.gen.json' with { type: 'json' };
import standard from '../../../schemas/gateway-api-standard.gen.json' with { type: 'json' };
import istio from '../../../schemas/istio-1.31.gen.json' with { type: 'json' };
import { crdProblems, crdValidators } from '../crd-validators.ts';

/** Hosts outside the mesh are ServiceEntries, the only objects of another API. */
const serviceEntry = 'networking.istio.io/v1 ServiceEntry';
const hosts = { [serviceEntry]: istio[serviceEntry] };
const channels: Readonly<Record<string, Readonly<Record<string, object>>>> = {
  standard: { ...standard, ...hosts },
  experimental: { ...experimental, ...hosts },
};
const implementations = [undefined, 'istio', 'cilium', 'kuma', 'linkerd'];
const meshes = meshCases().map(({ name, directory, environment }) => ({
  name,
  ir: linkedMesh(directory, environment),
}));
const version = gatewayApi.versions.at(-1) ?? '';

interface Rule {
  readonly matches?: readonly { readonly path?: { readonly type: string; readonly value: string } }[];
  readonly filters?: readonly {
    readonly urlRewrite?: { readonly path?: { readonly type: string } };
    readonly requestRedirect?: { readonly path?: { readonly type: string } };
  }[];
  readonly backendRefs?: readonly object[];
  readonly timeouts?: Readonly<Record<string, string>>;
}

/** Returns the violations of the rules (CEL) of the CRDs of routes. */
function ruleProblems({ spec }: { readonly spec: { readonly rules?: readonly Rule[] } }): readonly string[] {
  const rules = spec.rules ?? [];
  const matches = rules.reduce((sum, rule) => sum + (rule.matches?.length ?? 0), 0);
  return [
    ...(matches > 128 ? [`${String(matches)} matches`] : []),
    ...rules.flatMap((rule) => {
      const types = (rule.matches ?? []).map(({ path }) => path?.type);
      const paths = (rule.filters ?? []).map((one) => (one.urlRewrite ?? one.requestRedirect)?.path?.type);
      const plain = (rule.matches ?? []).filter(
        ({ path }) =>
          path !== undefined &&
          path.type !== 'RegularExpression' &&
          (!/^\/(?:[-A-Za-z0-9/._~!$&'()*+,;=:@]|%[0-9a-fA-F]{2})*$/.test(path.value) ||
            /\/\/|\/\.\/|\/\.\.\/|%2f|\/\.\.?$/i.test(path.value)),
      );
      const redirects = (rule.filters ?? []).some(({ requestRedirect }) => requestRedirect !== undefined);
      return [
        ...(paths.includes('ReplacePrefixMatch') && types.join() !== 'PathPrefix'
          ? ['a prefix of no match']
          : []),
        ...plain.map(({ path }) => `the path ${String(path?.value)}`),
        ...(redirects && (rule.backendRefs ?? []).length > 0 ? ['a redirect with backends'] : []),
        ...Object.values(rule.timeouts ?? {}).filter((time) => !/^([0-9]{1,5}(h|m|s|ms)){1,4}$/.test(time)),
      ];
    }),
  ];
}

describe.each(Object.entries(channels))('the CRDs of the %s channel', (channel, kinds) => {
  const validators = crdValidators(kinds);
  const adding = crdValidators(kinds, true);

  test.each(implementations)(
    'take every object of every case, for the implementation %s',
    (implementation) => {
      let count = 0;
      for (const { name, ir } of meshes) {
        for (const versionServices of ['write', 'expect']) {
          const options = {
            channel,
            versionServices,
            gatewayClass: 'some',
            ...(implementation && { implementation }),
          };
          const objects = gatewayApi
            .lower(ir, { version, options })
            .filter((artifact): artifact is ObjectArtifact => artifact.type === 'object');
          for (const { manifest, kind } of objects) {
            count += 1;
            expect(crdProblems(validators, manifest), `${name} ${JSON.stringify(manifest)}`).toEqual([]);
            if (kind.endsWith('Route'))
              expect(ruleProblems(manifest as never), `${name} ${JSON.stringify(manifest)}`).toEqual([]);
          }
          if (versionServices === 'expect') expect(objects.map(({ kind }) => kind)).not.toContain('Service');
        }
      }
      expect(count).toBeGreaterThan(100);
    },
  );

  test('add nothing to an object: a server gives back what was written', () => {
    for (const { name, ir } of meshes) {
      for (const artifact of gatewayApi.lower(ir, {
        version,
        options: { channel, implementation: 'istio' },
      })) {
        if (artifact.type !== 'object') continue;
        const copy: Json = structuredClone(artifact.manifest);
        crdProblems(adding, copy);
        expect(copy, name).toEqual(artifact.manifest);
      }
    }
  });
});

test('the standard channel knows no retries, the experimental one does', () => {
  const wrapped = (rule: object): Json => ({
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'HTTPRoute',
    metadata: {},
    spec: { rules: [rule as Json] },
  });
  const problems = (kinds: Readonly<Record<string, object>>, rule: object) =>
    crdProblems(crdValidators(kinds), wrapped(rule));
  expect(problems(standard, { timeouts: { request: '1s' } })).toEqual([]);
  expect(problems(standard, { retry: { attempts: 1 } })).not.toEqual([]);
  expect(problems(experimental, { retry: { attempts: 1 } })).toEqual([]);
  expect(problems(experimental, { retry: { attempts: 0 } })).not.toEqual([]);
});
