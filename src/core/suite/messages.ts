import { defineMessages } from '../diagnostics/message.ts';

/** Messages about suites of tests, which are read by `mesh test` alone. */
export const messages = defineMessages({
  MESH2290: {
    severity: 'error',
    text: 'apiVersion {found} is not known; suites of tests have mesh.test/v1',
    explanation:
      'A suite of tests says `apiVersion: mesh.test/v1` and `kind: Suite`. Without this error, mesh would skip the tests of a suite of another version in silence, and the run would succeed. Correct the line, or use the `mesh` that knows this version.',
  },
  MESH2291: {
    severity: 'error',
    text: 'there is no kind {found} with apiVersion mesh.test/v1: write kind: Suite',
    explanation:
      'The language of tests has one kind, Suite. Documents of the mesh itself, such as Service and Route, have `apiVersion: mesh/v1`.',
  },
  MESH2292: {
    severity: 'error',
    text: 'the request is not possible: {problem}',
    explanation:
      '`mesh test` decides the request of each test, with the `defaults` of its suite, as `mesh explain request` does: the request goes to a service, an External or a gateway of the mesh. Correct the word that the message quotes.',
  },
  MESH2293: {
    severity: 'error',
    text: 'the test expects nothing: write `expect`{where}',
    explanation:
      'A test without an expectation can never fail. Write a word (`expect: forwarded`), a status (`expect: 403`), or the fields of the outcome that count (`expect: {backends: {v1: 90%, v2: 10%}}`); in a table as a column or beside `rows` for all of them.',
  },
  MESH2294: {
    severity: 'error',
    text: 'the table does not fit: {problem}',
    explanation:
      'A table of tests has `columns` and `rows`, and each row has a value for each column. Columns are name, request, expect, the fields of a request (from, to, gateway, port, method, path, query, host, sni, address, headers, claims), and single headers and claims such as headers.x-user.',
  },
  MESH2295: {
    severity: 'error',
    text: 'no outcome can fulfil this `expect`: {problem}',
    explanation:
      'The fields of `expect` contradict each other or the mesh, so that the test would fail whatever the mesh says. Backends, tries and timeouts belong to a request that is forwarded; a status, a location and a body to one that the mesh answers itself. `mesh explain request --format json` shows the fields of an outcome.',
  },
  MESH2296: {
    severity: 'error',
    text: 'the file holds no suite of tests',
    explanation:
      'The command line names the file, and no document in it says `apiVersion: mesh.test/v1` and `kind: Suite`. Without this error the run would succeed without a single test. Correct the name, or the document.',
  },
});
