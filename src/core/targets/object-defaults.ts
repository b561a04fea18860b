import type { Json } from './artifact.ts';

/** The parts of the schemas of CRDs that contain defaults (OpenAPI 3), by `<apiVersion> <kind>`. */
export type ObjectDefaults = Readonly<Record<string, Json>>;
