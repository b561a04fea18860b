import { Ajv, type ValidateFunction } from 'ajv';
import { describe, expect, test } from 'vitest';
import type { Artifact } from '../../../../src/core/targets/artifact.ts';
import envoy from '../../../../src/core/targets/envoy/index.ts';
import istio from '../../../../src/core/targets/istio/index.ts';
import { meshCases } from '../../../cases/cases.ts';
import { linkedMesh } from '../../../cases/linked-mesh.ts';
import schema from '../../../schemas/envoy.gen.json' with { type: 'json' };

// The schema is of Envoy's API of January 2026; `test/conformance` tests messages that it lacks (`absent`) with a real
// Envoy.

const ajv = new Ajv({ strict: false, validateFormats: false, allErrors: true });
ajv.addSchema({ definitions: schema.definitions }, 'envoy');
const known: ReadonlySet<string> = new Set(Object.keys(schema.definitions));

describe("Envoy's schema", () => {
  test('refuses unknown fields', () => {
    expect(
      faultsOf(message('envoy.config.cluster.v3.Cluster', { name: 'a', connect_timeout: '1s' })),
    ).toEqual([]);
    expect(
      faultsOf(message('envoy.config.cluster.v3.Cluster', { name: 'a', conect_timeout: '1s' })),
    ).toHaveLength(1);
    const filter = {
      name: 'x',
      typed_config: message('envoy.extensions.filters.http.router.v3.Router', { nothing: 1 }),
    };
    const manager = message(
      'envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager',
      {
        stat_prefix: 'x',
        rds: { route_config_name: 'x', config_source: { ads: {} } },
        http_filters: [filter],
      },
    );
    expect(faultsOf(manager).map((fault) => fault.split(':')[0])).toEqual([
      'envoy.extensions.filters.http.router.v3.Router',
    ]);
  });

  test.each(meshCases())('accepts every resource of $name', ({ directory, environment }) => {
    const ir = linkedMesh(directory, environment);
    const version = envoy.versions.at(-1) ?? '';
    expect(faults(envoy.lower(ir, { version, options: {} }))).toEqual([]);
  });

  test.each(meshCases())('accepts the messages in EnvoyFilters of $name', ({ directory, environment }) => {
    const ir = linkedMesh(directory, environment);
    expect(faults(istio.lower(ir, { version: istio.versions.at(-1) ?? '', options: {} }))).toEqual([]);
  });
});

function message(name: string, fields: object): object {
  return { '@type': `type.googleapis.com/${name}`, ...fields };
}

function faults(artifacts: readonly Artifact[]): readonly string[] {
  const all = artifacts.flatMap((artifact) => {
    if (artifact.type === 'object')
      return artifact.kind === 'EnvoyFilter' ? faultsOf(artifact.manifest, true) : [];
    if (artifact.type === 'certificate') return [];
    const top =
      artifact.kind === 'Bootstrap'
        ? message('envoy.config.bootstrap.v3.Bootstrap', artifact.resource as object)
        : artifact.resource;
    return faultsOf(top);
  });
  return [...new Set(all)];
}

/**
 * Returns the faults of each message in a value, as `MESSAGE: PATH FAULT`. A message that is merged into another may
 * lack fields.
 */
function faultsOf(value: unknown, merged = false): readonly string[] {
  if (typeof value !== 'object' || value === null) return [];
  const inner = Object.values(value).flatMap((own) => faultsOf(own, merged));
  if (!('@type' in value)) return inner;
  const { '@type': type, ...fields } = value;
  const name = String(type).replace('type.googleapis.com/', '');
  if (schema.absent.includes(name)) return inner;
  if (!known.has(name)) return [...inner, `${name}: the schema has no such message`];
  const validate = validatorOf(name);
  if (validate(fields)) return inner;
  const errors = (validate.errors ?? []).filter(
    ({ keyword }) => !merged || (keyword !== 'required' && keyword !== 'oneOf'),
  );
  const own = errors.map(
    ({ instancePath, message: text, params }) =>
      `${name}: ${instancePath} ${text ?? ''} ${JSON.stringify(params)}`,
  );
  return [...inner, ...own];
}

const validators = new Map<string, ValidateFunction>();

function validatorOf(name: string): ValidateFunction {
  const made = validators.get(name) ?? ajv.compile({ $ref: `envoy#/definitions/${name}` });
  validators.set(name, made);
  return made;
}
