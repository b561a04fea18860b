import { splitAndAccess } from '../mesh-classes/split-and-access.ts';
import type { Capabilities } from '../target.ts';

/** The Service Mesh Interface, by its specification and its CRDs: what a mesh adds to it is not counted. */
export const capabilities: Capabilities = splitAndAccess('SMI');
