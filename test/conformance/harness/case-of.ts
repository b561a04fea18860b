import { type MeshCase, meshCases } from '../../cases/cases.ts';

/** Returns a case by name. */
export function caseOf(name: string): MeshCase {
  const found = meshCases().find((candidate) => candidate.name === name);
  if (!found) throw new Error(`there is no case ${name}`);
  return found;
}
