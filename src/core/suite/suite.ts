import type { RequestFields } from '../explain/request/request-fields.ts';
import type { Location } from '../location.ts';
import type { Request } from '../semantics/request.ts';
import type { Expected } from './expected-fields.ts';

/** A suite of tests, which is one YAML document. */
export interface Suite {
  readonly file: string;
  /** The name that the document gives, or else its file's. */
  readonly name: string;
  /** In the order of the file. */
  readonly tests: readonly SuiteTest[];
}

/** A test: a request of the linked mesh with the outcome that is expected. */
export interface SuiteTest {
  readonly name: string;
  /** The test, or the row of a table. */
  readonly location: Location;
  /** The request as written, with the defaults of its suite. */
  readonly fields: RequestFields;
  readonly request: Request;
  readonly expected: Expected;
}
