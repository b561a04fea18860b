import type { Ir } from '../ir/ir.ts';
import { askMeaning } from '../suite/ask-meaning.ts';
import { readSuites } from '../suite/read-suites.ts';
import { editorSchemaFile } from './editor-schema-file.ts';

/** The file of the first suite of tests. */
export const starterSuiteFile = 'tests.yaml';

const text = `# yaml-language-server: $schema=${editorSchemaFile}
# What people expect of this mesh: requests with their outcomes. 'mesh test' asks the mesh for each, and with '--on' real
# proxies; 'mesh test --coverage' names the rules that no test is decided by. No other command reads this file.
apiVersion: mesh.test/v1
kind: Suite
metadata: {name: hello}
spec:
  defaults: {from: web, to: hello}
  tests:
    - name: one of ten requests sees the new version
      request: GET /
      expect: {backends: {v1: 90%, v2: 10%}, tries: 2}
    - name: testers see the new version only
      request: {path: /, headers: {x-user: tester}}
      expect: {backends: {v2: 100%}}
    - name: nobody else gets in
      expect: refused
      columns: [from, request] # each row is a test
      rows:
        - [web, POST /]
        - [web, DELETE /]
        - [anonymous, GET /]
`;

/**
 * Returns the first suite of tests for a mesh; undefined if a test of the suite fails there: the mesh has grown out of the
 * first one.
 */
export function starterSuite(ir: Ir): string | undefined {
  const bytes = new TextEncoder().encode(text);
  const { suites, diagnostics } = readSuites({ file: starterSuiteFile, bytes }, ir);
  const holds = suites.every(({ tests }) => tests.every((test) => askMeaning(test, ir).state === 'passed'));
  return diagnostics.length === 0 && holds ? text : undefined;
}
