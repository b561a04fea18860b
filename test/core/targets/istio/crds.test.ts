import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Ajv, type ValidateFunction } from 'ajv';
import { describe, expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import type { Json, ObjectArtifact } from '../../../../src/core/targets/artifact.ts';
import istio from '../../../../src/core/targets/istio/index.ts';
import { meshCases } from '../../../cases/cases.ts';
import { linkedMesh } from '../../../cases/linked-mesh.ts';

/** Where the meshes' CRDs are kept beside the project: by version of Istio, oldest first, and those of the Gateway API. */
const crds = fileURLToPath(new URL('../../../../../shared/crds', import.meta.url));
const schemaFiles = {
  '1.30': 'istio/crd-all.gen.yaml',
  '1.31': 'istio/next-1.31.0-rc.0/crd-all.gen.yaml',
} as const;
const gatewayApi = 'gateway-api/standard/gateway.networking.k8s.io_gateways.yaml';

if (!existsSync(crds))
  console.warn(
    `\nNO CRDS: ${crds} is not there, so no object of the target istio is compared with its schema.\n`,
  );

describe.skipIf(!existsSync(crds)).each(Object.entries(schemaFiles))(
  'the CRDs of Istio %s',
  (version, file) => {
    const validators = existsSync(crds) ? { ...validatorsOf(gatewayApi), ...validatorsOf(file) } : {};

    test('refuse what they do not know', () => {
      const sidecar = validators['networking.istio.io/v1 Sidecar'];
      expect(sidecar?.({ spec: { egress: [{ hosts: ['*/*'] }] } })).toBe(true);
      expect(sidecar?.({ spec: { egress: [{ hosts: ['*/*'], nothing: 1 }] } })).toBe(false);
      expect(sidecar?.({ spec: { egress: [{ hosts: [1] }] } })).toBe(false);
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
  },
);

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

interface Crd {
  readonly kind: string;
  readonly spec: {
    readonly group: string;
    readonly names: { readonly kind: string };
    readonly versions: readonly {
      readonly name: string;
      readonly schema: { readonly openAPIV3Schema: object };
    }[];
  };
}

function validatorsOf(file: string): Readonly<Record<string, ValidateFunction>> {
  const ajv = new Ajv({ strict: false, validateFormats: false, allErrors: true });
  const documents = parseAllDocuments(readFileSync(`${crds}/${file}`, 'utf8'));
  const found: Record<string, ValidateFunction> = {};
  for (const document of documents) {
    const crd = document.toJS() as Crd | null;
    if (crd?.kind !== 'CustomResourceDefinition') continue;
    for (const { name, schema } of crd.spec.versions)
      found[`${crd.spec.group}/${name} ${crd.spec.names.kind}`] = ajv.compile(closed(schema.openAPIV3Schema));
  }
  return found;
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
