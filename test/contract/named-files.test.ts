import { expect, test } from 'vitest';
import envoy from '../../src/core/targets/envoy/index.ts';
import { files } from '../../src/core/targets/files.ts';
import { meshCases } from '../cases/cases.ts';
import { linkedMesh } from '../cases/linked-mesh.ts';

const version = envoy.versions.at(-1) ?? '';

/** Returns the files of the output directory that a text names, without material, which delivery writes. */
function namedFiles(text: string): readonly string[] {
  return [...text.matchAll(/"path":"\$\{DIR\}\/(config\/current\/[^"]+\.json)"/g)].map(
    ([, file = '']) => file,
  );
}

test.each(['clusters', 'files'])(
  'every file that a proxy reads is written, with endpoints in %s',
  (endpoints) => {
    let named = 0;
    for (const { name, directory, environment } of meshCases()) {
      const ir = linkedMesh(directory, environment);
      const written = files(envoy.lower(ir, { version, options: { endpoints } }));
      const paths = new Set(written.map((file) => file.path));
      const wanted = new Set(written.flatMap(({ text }) => namedFiles(text)));
      named += wanted.size;
      expect(
        [...wanted].filter((file) => !paths.has(file)),
        name,
      ).toEqual([]);
    }
    expect(named).toBeGreaterThan(100);
  },
);
