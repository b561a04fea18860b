import { Ajv, type ValidateFunction } from 'ajv';
import { describe, expect, test } from 'vitest';
import type { Json, ObjectArtifact } from '../../../../src/core/targets/artifact.ts';
import istio from '../../../../src/core/targets/istio/index.ts';
import { meshCases } from '../../../cases/cases.ts';
import { linkedMesh } from '../../../cases/linked-mesh.ts';
import gatewayApi from '../../../schemas/gateway-api.gen.json' with { type: 'json' };
import istio130 from '../../../schemas/istio-1.30.gen.json' with { type: 'json' };
import istio131 from '../../../schemas/istio-1.31.gen.json' with { type: 'json' };

/** Structural schemas of the CRDs by version of Istio, oldest first. */
const schemas: Readonly<Record<string, Readonly<Record<string, object>>>> = {
  '1.30': istio130,
  '1.31': istio131,
};

describe.each(Object.entries(schemas))('the CRDs of Istio %s', (version, kinds) => {
  const validators = validatorsOf({ ...gatewayApi, ...kinds });

  test('refuse what they do not know', () => {
    const sidecar = validators['networking.istio.io/v1 Sidecar'];
    const wrapped = (spec: object): object => ({ apiVersion: 'x', kind: 'x', metadata: {}, spec });
    expect(sidecar?.(wrapped({ egress: [{ hosts: ['*/*'] }] }))).toBe(true);
    expect(sidecar?.(wrapped({ egress: [{ hosts: ['*/*'], nothing: 1 }] }))).toBe(false);
    expect(sidecar?.(wrapped({ egress: [{ hosts: [1] }] }))).toBe(false);
    const route = validators['networking.istio.io/v1 VirtualService'];
    expect(route?.(wrapped({ http: [{ match: [{ uri: { exact: '/' } }] }] }))).toBe(true);
    expect(route?.(wrapped({ http: [{ match: [{ uri: { exact: '/', prefix: '/' } }] }] }))).toBe(false);
  });

  for (const mode of ['sidecar', 'ambient']) {
    test.each(meshCases())(`take every object of $name (${mode})`, ({ directory, environment }) => {
      const ir = linkedMesh(directory, environment);
      const objects = istio.lower(ir, { version, options: { mode } });
      expect(objects.length).toBeGreaterThan(0);
      const wrong = objects
        .filter((artifact): artifact is ObjectArtifact => artifact.type === 'object')
        .flatMap(({ manifest, kind, namespace, name }) =>
          problems(validators, manifest).map((problem) => `${kind} ${namespace}/${name}: ${problem}`),
        );
      expect(wrong).toEqual([]);
    });
  }
});

/** Kinds of Kubernetes itself, which has no CRD for them. */
const builtIn = /^v1 /;

function problems(validators: Readonly<Record<string, ValidateFunction>>, manifest: Json): readonly string[] {
  const { apiVersion, kind } = manifest as { apiVersion: string; kind: string };
  const key = `${apiVersion} ${kind}`;
  const validate = validators[key];
  if (validate === undefined) return builtIn.test(key) ? [] : [`no CRD has ${key}`];
  if (validate(manifest)) return [];
  return (validate.errors ?? []).map(
    ({ instancePath, message, params }) => `${instancePath} ${message ?? ''} ${JSON.stringify(params)}`,
  );
}

function validatorsOf(kinds: Readonly<Record<string, object>>): Readonly<Record<string, ValidateFunction>> {
  const ajv = new Ajv({ strict: false, validateFormats: false, allErrors: true });
  return Object.fromEntries(
    Object.entries(kinds).map(([kind, schema]) => [kind, ajv.compile(closed(schema))]),
  );
}

/** The schema as an API server takes it that refuses unknown fields, in the terms of JSON Schema. */
function closed(schema: object): object {
  const entries = Object.entries(schema).map(([key, value]) => [key, inner(key, value as unknown)] as const);
  const made = Object.fromEntries(entries);
  const open = 'additionalProperties' in schema || 'x-kubernetes-preserve-unknown-fields' in schema;
  if (!('properties' in schema) || open) return made;
  const { properties } = made as { properties: object };
  // An API server adds what every object has to the root, whose schema says only `type: object` of it.
  const root = 'spec' in properties ? { apiVersion: true, kind: true, metadata: true } : {};
  return { ...made, properties: { ...properties, ...root }, additionalProperties: false };
}

function inner(key: string, value: unknown): unknown {
  if (key === 'properties')
    return Object.fromEntries(
      Object.entries(value as Record<string, object>).map(([name, own]) => [name, closed(own)]),
    );
  if ((key === 'items' || key === 'additionalProperties') && typeof value === 'object' && value !== null)
    return closed(value);
  return value;
}
