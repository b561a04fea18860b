import { describe } from 'vitest';
import { meshCases } from '../cases/cases.ts';
import { compareCases, isComparable } from './harness/compare-cases.ts';
import { RunningMesh } from './harness/running-mesh.ts';

const envoy = process.env['ENVOY'];

describe.skipIf(envoy === undefined)('a mesh on Envoy', () => {
  compareCases({
    cases: meshCases().filter(isComparable),
    start: async (meshCase) => {
      const mesh = await RunningMesh.start(meshCase, envoy ?? '');
      return { mesh, moved: (value) => mesh.moved(value) };
    },
  });
});
