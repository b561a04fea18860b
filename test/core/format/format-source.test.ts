import { describe, expect, it } from 'vitest';
import { formatSource } from '../../../src/core/format/format-source.ts';

/** Returns a Profile with these settings, as its author wrote it or as it should be. */
function profile(spec: string): string {
  return `apiVersion: mesh/v1\nkind: Profile\nmetadata: {name: gold}\nspec:\n${spec}`;
}

function formatted(text: string): string {
  const { text: out, diagnostics } = formatSource({ file: 'a.yaml', bytes: new TextEncoder().encode(text) });
  expect(diagnostics).toEqual([]);
  return out;
}

describe('the canonical form', () => {
  it.each([
    ['indents by two, lists too', '    settings:\n        timeout:   1s\n', '  settings:\n    timeout: 1s\n'],
    [
      'keeps one blank line of several, and none after a key',
      '\n  settings:\n\n    timeout: 1s\n\n\n    retries: {attempts: 1}\n\n\n',
      '  settings:\n    timeout: 1s\n\n    retries: {attempts: 1}\n',
    ],
    [
      'moves the comment above a field with the field',
      '  # how strict\n  lock: [timeout]\n  # what it says\n  settings: {timeout: 1s}\n',
      '  # what it says\n  settings: {timeout: 1s}\n  # how strict\n  lock: [timeout]\n',
    ],
    [
      'leaves a comment with a blank line below it at the top',
      '  # all of it\n\n  # how strict\n  lock: [timeout]\n  settings: {timeout: 1s}\n',
      '  # all of it\n\n  settings: {timeout: 1s}\n  # how strict\n  lock: [timeout]\n',
    ],
    [
      'aligns comments on neighbouring lines',
      '  settings:    # what it says\n    timeout: 1s     # short\n    retries: {attempts: 1} # once\n',
      '  settings:                # what it says\n    timeout: 1s            # short\n    retries: {attempts: 1} # once\n',
    ],
    [
      'keeps comments in brackets, with one entry on each line',
      '  settings: {retries: {attempts: 1}, # once\n    # short\n    timeout: 1s}\n',
      '  settings:\n    {\n      # short\n      timeout: 1s,\n      retries: {attempts: 1} # once\n    }\n',
    ],
    [
      'keeps quotes, block texts and their markers',
      '  settings: {timeout: "1s"}\n  note: |+2\n      two more\n    text\n\n  other: >-\n     folded\n     text\n',
      '  settings: {timeout: "1s"}\n  note: |+2\n      two more\n    text\n\n  other: >-\n    folded\n    text\n',
    ],
    [
      'never puts an alias before its anchor',
      '  lock: &all [timeout]\n  settings: *all\n',
      '  lock: &all [timeout]\n  settings: *all\n',
    ],
    [
      'sorts values with an anchor, and fields with a later alias',
      '  selector: &x {labels: {a: b}, namespaces: [c]}\n  settings: {timeout: 1s}\n',
      '  settings: {timeout: 1s}\n  selector: &x {namespaces: [c], labels: {a: b}}\n',
    ],
    [
      'keeps the order of names that people choose',
      '  selector: {labels: {z: "1", a: "2"}}\n',
      '  selector: {labels: {z: "1", a: "2"}}\n',
    ],
    [
      'accepts a list at the column of its key, with commented-out entries below',
      '  lock:\n  - timeout\n  #- retries\n  - mtls # x\n',
      '  lock:\n    - timeout\n    #- retries\n    - mtls # x\n',
    ],
  ])('%s', (_, before, after) => {
    expect(formatted(profile(before))).toBe(profile(after));
    expect(formatted(profile(after))).toBe(profile(after));
  });

  it('keeps text around documents', () => {
    const body = profile('  settings: {}\n');
    const text = `%YAML 1.2\n# first\n\n---   # a\n${body}# last of it\n...\n\n# between\n---\n\n${body}\n# end   \n\n`;
    expect(formatted(text)).toBe(
      `%YAML 1.2\n# first\n\n--- # a\n${body}# last of it\n...\n\n# between\n---\n${body}\n# end\n`,
    );
  });

  it('formats a document in brackets, as JSON is', () => {
    expect(
      formatted('{"kind": "Profile", "apiVersion": "mesh/v1",\n "metadata": {"name":"x"}, "spec":null}'),
    ).toBe(
      '{\n  "apiVersion": "mesh/v1",\n  "kind": "Profile",\n  "metadata": {"name": "x"},\n  "spec": null\n}\n',
    );
  });
});
