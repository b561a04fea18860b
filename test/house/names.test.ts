import { readdirSync } from 'node:fs';
import { basename } from 'node:path';
import { expect, test } from 'vitest';

const files = ['src', 'test', '.config'].flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file))
    .map((file) => `${folder}/${file}`),
);

test('files have names in kebab-case', () => {
  expect(files.length).toBeGreaterThan(20);
  expect(
    files.filter(
      (file) => !/^[a-z0-9]+(-[a-z0-9]+)*(\.(test|gen|config|setup|bench))?\.tsx?$/.test(basename(file)),
    ),
  ).toEqual([]);
});

test('no file has a meaningless name', () => {
  // `manager` is allowed in Envoy's own term "HTTP connection manager".
  const hollow =
    /(^|[/-])(utils?|helpers?|misc|common|shared|(?<!connection-)manager|factory|base|impl)(-|\.|\/)/;
  expect(files.filter((file) => hollow.test(file))).toEqual([]);
});
