import { describe, expect, test } from 'vitest';
import type { Ir } from '../../src/core/ir/ir.ts';
import type { Source, SourceSet } from '../../src/core/source/source.ts';
import type { Artifact } from '../../src/core/targets/artifact.ts';
import { type Feature, features } from '../../src/core/targets/feature.ts';
import { featuresUsed } from '../../src/core/targets/features-used.ts';
import { files } from '../../src/core/targets/files.ts';
import { lossOf } from '../../src/core/targets/loss.ts';
import { targets } from '../../src/core/targets/registry.ts';
import type { Target } from '../../src/core/targets/target.ts';
import { meshCases } from '../cases/cases.ts';
import { linkedMesh, linkedSources, sourcesBelow } from '../cases/linked-mesh.ts';
import { keeps } from './keeps.ts';
import { withoutFeature } from './without-feature.ts';

const cases = meshCases().map((meshCase) => ({
  ...meshCase,
  ir: linkedMesh(meshCase.directory, meshCase.environment),
}));
const names = Object.keys(features) as Feature[];

test.each(names)('some case uses %s', (feature) => {
  expect(cases.filter(({ ir }) => featuresUsed(ir).has(feature)).map(({ name }) => name)).not.toEqual([]);
});

test.each(names)('a mesh without %s no longer asks for it, and for nothing new', (feature) => {
  for (const { ir, name } of cases) {
    const [before, after] = [featuresUsed(ir), featuresUsed(withoutFeature(ir, feature))];
    expect(after.has(feature), name).toBe(false);
    if (!before.has(feature)) expect([...after.keys()], name).toEqual([...before.keys()]);
  }
});

describe.each(Object.entries(targets))('the target %s', async (_name, load) => {
  const target = (await load()).default;
  const able = cases.filter(({ ir }) => keeps(target, ir));

  test('says of every feature how far it keeps it', () => {
    expect(Object.keys(target.capabilities).sort()).toEqual([...names].sort());
  });

  test('gives a reason, in words for users, for each feature that it does not keep whole', () => {
    for (const capability of Object.values(target.capabilities)) {
      if (capability === 'full') continue;
      const reason = 'none' in capability ? capability.none : capability.partial;
      expect(reason.split(' ').length, reason).toBeGreaterThan(5);
      for (const said of [reason, capability.callers]) {
        expect(said, 'it follows a colon in a message').toMatch(/^(?:[a-z0-9]|[A-Z][A-Za-z]+ )[^\n]*[^.\s]$/);
      }
    }
  });

  test.each(cases)('takes every mesh, also those that it does not keep: $name', ({ ir }) => {
    expect(lowered(target, ir).length).toBeGreaterThan(0);
  });

  test.each(names)('says where %s is lost: an error, or a warning where `degrade` names it', (feature) => {
    const poor = {
      ...target,
      capabilities: { ...target.capabilities, [feature]: { none: 'of a test', callers: 'nothing' } },
    };
    for (const { ir, directory, name } of cases) {
      const config = { ...Object.values(ir.targets)[0]!, platform: target.name };
      const lines = linesOf(directory);
      const said = (degrade: readonly string[]) =>
        lossOf(ir, { ...config, degrade }, poor)
          .filter((loss) => loss.feature === feature)
          .map(({ diagnostic }) => diagnostic);
      expect(said([]).length > 0, name).toBe(featuresUsed(ir).has(feature));
      expect(said([]).filter(({ severity }) => severity !== 'error')).toEqual([]);
      expect(said([feature]).map(({ severity }) => severity)).toEqual(said([]).map(() => 'warning'));
      for (const { location, message } of said([])) {
        expect(lines(location.file)).toBeGreaterThanOrEqual(location.range.start.line);
        expect(message).toContain(feature);
      }
    }
  });

  test.each(able)('answers the same bytes for the same mesh: $name', ({ ir, directory, environment }) => {
    const first = text(target, ir);
    expect(text(target, ir)).toBe(first);
    expect(text(target, linkedSources(shuffled(sourcesBelow(directory)), environment))).toBe(first);
  });

  test.each(cases)('makes the same in parts, and each file in one of them: $name', ({ ir }) => {
    const context = { version: target.versions.at(-1) ?? '', options: {} };
    const parts = [...(target.lowerParts?.(ir, context) ?? [lowered(target, ir)])];
    expect(parts.flat()).toEqual(lowered(target, ir));
    const paths = parts.flatMap((part) => files(part).map(({ path }) => path));
    expect(paths.toSorted()).toEqual(files(parts.flat()).map(({ path }) => path));
  });

  test.each(able)('names each artifact once: $name', ({ ir }) => {
    const artifacts = lowered(target, ir);
    const keys = artifacts.map(key);
    expect(keys.filter((own, index) => keys.indexOf(own) !== index)).toEqual([]);
    const objects = artifacts.filter(({ type }) => type === 'object').map(({ name }) => name);
    const proxies = (target.proxies?.(ir) ?? []).map(({ id }) => id);
    expect(proxies.filter((id, index) => proxies.indexOf(id) !== index)).toEqual([]);
    expect([...objects, ...proxies].filter((name) => name.length === 0 || name.length > 63)).toEqual([]);
  });

  test.each(able)('makes only what it owns, and says where it is from: $name', ({ ir, directory }) => {
    const owned = target.owns.map(({ kind }) => kind);
    const lines = linesOf(directory);
    for (const artifact of lowered(target, ir)) {
      expect(owned, key(artifact)).toContain(artifact.kind);
      expect(artifact.origins.length, key(artifact)).toBeGreaterThan(0);
      for (const { file, line } of artifact.origins) {
        expect(lines(file), `${key(artifact)} is from ${file}`).toBeGreaterThanOrEqual(line);
        expect(line).toBeGreaterThan(0);
      }
    }
  });

  test.each(names.filter((feature) => target.capabilities[feature] === 'full'))(
    'changes what it makes for %s',
    (feature) => {
      const using = able.filter(({ ir }) => featuresUsed(ir).has(feature));
      expect(using.length).toBeGreaterThan(0);
      const unchanged = using.filter(
        ({ ir }) => text(target, withoutFeature(ir, feature)) === text(target, ir),
      );
      // Where a limit takes a rule away, what else the rule says changes nothing.
      const limited = (ir: Ir): boolean =>
        (target.limits?.(ir, { version: target.versions.at(-1) ?? '', options: {} }) ?? []).length > 0;
      expect(unchanged.filter(({ ir }) => !limited(ir)).map(({ name }) => name)).toEqual([]);
      expect(unchanged.length).toBeLessThan(using.length);
    },
  );
});

function lowered(target: Target, ir: Ir): readonly Artifact[] {
  return target.lower(ir, { version: target.versions.at(-1) ?? '', options: {} });
}

/** All that a target makes of a mesh, in one text. */
function text(target: Target, ir: Ir): string {
  const artifacts = lowered(target, ir);
  const others = artifacts.flatMap((artifact) => {
    if (artifact.type === 'object') return [`${key(artifact)} ${JSON.stringify(artifact.manifest)}`];
    return artifact.type === 'certificate'
      ? [`${key(artifact)} ${artifact.subject} ${artifact.profile}`]
      : [];
  });
  return [
    ...files(artifacts).map(({ path, text: content }) => `${path}\n${content}`),
    ...others.sort(),
    JSON.stringify(target.proxies?.(ir) ?? []),
  ].join('\n');
}

function key(artifact: Artifact): string {
  const place =
    artifact.type === 'file' ? artifact.path : artifact.type === 'certificate' ? artifact.proxy : '';
  return `${artifact.kind} ${artifact.namespace}/${artifact.name} ${place}`;
}

/** The same documents in another order, of files and within each file, in files of other names. */
function shuffled({ sources, unreadable }: SourceSet): SourceSet {
  const turned = sources.map(({ file, bytes, ...rest }): Source => {
    const documents = Buffer.from(bytes).toString('utf8').split(/^---$/m);
    const reversed = documents.reverse().map((document) => `\n${document.trim()}\n`);
    return { ...rest, file, bytes: Buffer.from(reversed.join('---')) };
  });
  const renamed = turned.map((source, i) =>
    source.file.endsWith('mesh.yaml')
      ? source
      : { ...source, file: source.file.replace(/[^/]*$/, `${String(i)}.yml`) },
  );
  return { sources: renamed.reverse(), unreadable };
}

/** How many lines each file of a case has; none where there is no such file. */
function linesOf(directory: string): (file: string) => number {
  const counts = new Map(
    sourcesBelow(directory).sources.map(({ file, bytes }) => [
      file,
      Buffer.from(bytes).toString().split('\n').length,
    ]),
  );
  return (file) => counts.get(file) ?? 0;
}
