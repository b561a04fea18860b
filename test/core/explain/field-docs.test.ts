import { describe, expect, test } from 'vitest';
import { fieldDocs } from '../../../src/core/explain/field-docs.ts';
import { kinds } from '../../../src/core/spec/kinds.ts';

function docs(path: string) {
  const found = fieldDocs(path);
  if ('problem' in found) throw new Error(found.problem);
  return found.docs;
}

/** Returns the paths of all fields at and below a path, down to a depth (types may contain themselves). */
function below(path: string, depth: number): readonly string[] {
  const { fields } = docs(path);
  if (depth === 0) return [path];
  return [path, ...fields.flatMap(({ name }) => below(`${path}.${name}`, depth - 1))];
}

describe('fieldDocs', () => {
  test('every field of every kind has a type and a description', () => {
    const paths = kinds.flatMap((kind) => below(kind, 6));
    expect(paths.length).toBeGreaterThan(500);
    for (const path of paths) {
      const { type, description } = docs(path);
      expect(type, path).not.toBe('');
      expect(description, path).not.toBe('');
    }
  });

  test('every field of a suite has a type and a description, and a misspelt kind is told its name', () => {
    const paths = below('Suite', 5);
    expect(paths.length).toBeGreaterThan(40);
    for (const path of paths) expect(docs(path), path).not.toMatchObject({ description: '' });
    expect(docs('suite.tests.expect.timeout').path).toBe('Suite.spec.tests.expect.timeout');
    expect(fieldDocs('Suit.tests')).toEqual({ problem: 'there is no kind "Suit"; did you mean "Suite"?' });
  });

  test('spec, positions and names may be left out', () => {
    const path = 'Route.spec.rules.retries.attempts';
    for (const written of [
      'Route.rules.retries.attempts',
      'route.spec.rules[0].retries.attempts',
      'Route.rules.0.retries.attempts',
    ]) {
      expect(docs(written)).toMatchObject({ path, type: 'integer', default: 0, required: false });
    }
    for (const written of ['Mesh.targets.platform', 'Mesh.targets.prod-eu.platform']) {
      expect(docs(written)).toMatchObject({ path: 'Mesh.spec.targets.<name>.platform', required: true });
    }
    expect(docs('Service.metadata.name').path).toBe('Service.metadata.name');
  });

  test('types have their names; values and lists are described', () => {
    expect(docs('Service.mtls').values).toEqual(['strict', 'permissive', 'disabled']);
    expect(docs('Service.ports').type).toBe('map of ServicePort');
    expect(docs('Access.rules.allow.from').type).toBe('list of Principal');
    expect(docs('Service.timeout').typeDescription).toMatch(/^A length of time/);
    expect(docs('retries')).toMatchObject({ path: 'Retries' });
  });

  test.each([
    ['Srvice', 'there is no kind "Srvice"; did you mean "Service"?'],
    ['Route.rules.retrys', 'Route.spec.rules has no field "retrys"; did you mean "retries"?'],
    ['Route.constructor', 'Route has no field "constructor"'],
    ['Service.__proto__', 'Service has no field "__proto__"'],
    ['', 'there is no kind ""'],
  ])('%j: %s', (path, problem) => {
    const found = fieldDocs(path);
    expect('problem' in found && found.problem.startsWith(problem)).toBe(true);
  });
});
