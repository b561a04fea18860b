import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';

/** One request of a case, in the form of `mesh explain request --batch`. */
export type RequestData = Readonly<Record<string, unknown>>;

/**
 * A request whose outcome was derived by hand from the language page; `expect` has only the fields that the page
 * determines.
 */
export interface ExpectedRequest {
  readonly name: string;
  readonly feature: string;
  readonly request: RequestData;
  readonly expect: Readonly<Record<string, unknown>>;
}

/** Requests from every combination of the listed values; for each, a real proxy is compared with `decide`. */
export interface RequestMatrix {
  readonly feature: string;
  readonly values: Readonly<Record<string, readonly unknown[]>>;
}

/** A whole small mesh of fixtures/cases, with its requests. */
export interface MeshCase {
  readonly name: string;
  readonly directory: string;
  /** The subject of the case, in a sentence. */
  readonly about: string;
  /** The Envoy target of its mesh.yaml; absent if the case has none that runs. */
  readonly target?: string;
  readonly environment?: string;
  /** Addresses of servers that no document names. */
  readonly hosts: readonly string[];
  /** Services whose applications a test provides itself. */
  readonly silent: readonly string[];
  readonly requests: readonly ExpectedRequest[];
  readonly matrices: readonly RequestMatrix[];
}

const casesDirectory = fileURLToPath(new URL('../../fixtures/cases', import.meta.url));

/** Returns every case of fixtures/cases, by name. */
export function meshCases(): readonly MeshCase[] {
  return readdirSync(casesDirectory, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort()
    .map(readCase);
}

function readCase(name: string): MeshCase {
  const directory = path.join(casesDirectory, name);
  const data = parse(readFileSync(path.join(directory, 'case.yaml'), 'utf8')) as Partial<MeshCase>;
  return {
    name,
    directory,
    about: data.about ?? '',
    hosts: data.hosts ?? [],
    silent: data.silent ?? [],
    requests: data.requests ?? [],
    matrices: data.matrices ?? [],
    ...(data.target === undefined ? {} : { target: data.target }),
    ...(data.environment === undefined ? {} : { environment: data.environment }),
  };
}

/** Returns the requests of a matrix, in a fixed order; a value of `null` leaves its field out. */
export function combinations(matrix: RequestMatrix): readonly RequestData[] {
  let made: RequestData[] = [{}];
  for (const [field, values] of Object.entries(matrix.values)) {
    made = made.flatMap((request) =>
      values.map((value) => (value === null ? request : { ...request, [field]: value })),
    );
  }
  return made;
}
