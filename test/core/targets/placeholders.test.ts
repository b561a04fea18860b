import { expect, test } from 'vitest';
import { boundOutput } from '../../../src/core/revision/revision-files.ts';
import type { Json } from '../../../src/core/targets/artifact.ts';
import { files } from '../../../src/core/targets/files.ts';
import { withPlaceholders } from '../../../src/core/targets/placeholders.ts';

/** Returns the resource as proxies with the output at `/etc/mesh` read it. */
function delivered(resource: Json): Json {
  const artifact = {
    type: 'file',
    path: 'config/current/a.json',
    kind: 'A',
    name: 'a',
    namespace: 'a',
    origins: [],
    resource,
  } as const;
  const [file] = files([artifact]);
  if (file === undefined) throw new Error('no file');
  return JSON.parse(boundOutput(file, '/etc/mesh')) as Json;
}

const foreign = [
  '${VERSION}',
  '${DIR}/x',
  '${DIR}/',
  'say "${DIR}/x"',
  '"${VERSION}"',
  '${DIR}',
  'a ${DIR}/x',
  '\\"${DIR}/x',
  '$',
  '\\u0024{DIR}/',
];

test.each(foreign)('a text %j of the spec stays unchanged', (text) => {
  const resource = {
    body: { inline_string: text },
    list: [text],
    path: text,
    filename: text,
    [text]: 1,
    validation: { trusted_ca: { filename: text } },
  };
  expect(delivered(resource)).toEqual(resource);
});

test('paths of the target are filled in', () => {
  const source = {
    path_config_source: { path: '${DIR}/config/a', watched_directory: { path: '${DIR}/config' } },
  };
  expect(delivered({ source, trust_bundle: { filename: '${DIR}/trust/x' } })).toEqual({
    source: {
      path_config_source: { path: '/etc/mesh/config/a', watched_directory: { path: '/etc/mesh/config' } },
    },
    trust_bundle: { filename: '/etc/mesh/trust/x' },
  });
});

test('a text of the spec that names the directory is not a path of the target', () => {
  const live = {
    a: { path_config_source: { path: '/etc/mesh/a', watched_directory: { path: '/etc/mesh/' } } },
    body: '/etc/mesh/a',
  };
  for (const text of [JSON.stringify(live), JSON.stringify(live, undefined, 2)])
    expect(JSON.parse(withPlaceholders(text, '/etc/mesh'))).toEqual({
      a: { path_config_source: { path: '${DIR}/a', watched_directory: { path: '${DIR}/' } } },
      body: '/etc/mesh/a',
    });
});
