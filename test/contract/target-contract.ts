import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, describe, expect, test } from 'vitest';
import type { Diagnostic } from '../../src/core/diagnostics/diagnostic.ts';
import { type Feature, features } from '../../src/core/ir/feature.ts';
import type { Ir } from '../../src/core/ir/ir.ts';
import type { Source, SourceSet } from '../../src/core/source/source.ts';
import type { Artifact } from '../../src/core/targets/artifact.ts';
import { featuresUsed as featuresUsedBy } from '../../src/core/targets/features-used.ts';
import { files } from '../../src/core/targets/files.ts';
import type { Loss } from '../../src/core/targets/index-json.ts';
import { lossOf } from '../../src/core/targets/loss.ts';
import { type Column, levelOf, reasonOf } from '../../src/core/targets/matrix.ts';
import type { Capabilities, Capability } from '../../src/core/targets/target.ts';
import { linkedSources, sourcesBelow } from '../cases/linked-mesh.ts';
import { contextOf } from './columns.ts';
import { keeps } from './keeps.ts';
import type { LinkedCase } from './linked-cases.ts';
import { documentsOf, objectFaults } from './object-faults.ts';
import { remembered } from './remembered.ts';
import { unremovableFeatures, withoutFeature } from './without-feature.ts';

const names = Object.keys(features) as Feature[];
const removable = names.filter((feature) => !unremovableFeatures.includes(feature));

// Computed once for each mesh, since every column needs it for the same cases.
const featuresUsed = remembered(featuresUsedBy);
const sourcesOf = remembered(({ directory }: LinkedCase) => sourcesBelow(directory));
const linesOf = remembered((one: LinkedCase) => countLines(sourcesOf(one)));
const documentsIn = remembered((one: LinkedCase) => documentsOf(sourcesOf(one)));
const reordered = remembered((one: LinkedCase) => linkedSources(shuffled(sourcesOf(one)), one.environment));
const without = remembered(
  (ir: Ir) => new Map(removable.map((feature) => [feature, withoutFeature(ir, feature)])),
);

/** Declares the tests of the rules that every target must keep in each of its modes, whatever it supports. */
export function targetContract(column: Column, cases: readonly LinkedCase[]): void {
  describe(`the target ${column.id}`, () => {
    testCapabilities(column);
    testOptions(column);
    testLoss(column, cases);
    testLimits(column, cases);
    testOutput(column, cases);
    testEffect(column, cases);
  });
}

function testCapabilities({ capabilities }: Column): void {
  test('says how far it supports each feature', () => {
    expect(Object.keys(capabilities).sort()).toEqual([...names].sort());
  });

  test('gives a reason, in words for users, for each feature that it does not fully support', () => {
    for (const capability of Object.values(capabilities)) {
      if (capability === 'full') continue;
      const reason = reasonOf(capability);
      expect(reason.split(' ').length, reason).toBeGreaterThan(5);
      for (const said of [reason, capability.callers]) {
        expect(said, 'it follows a colon in a message').toMatch(/^(?:[a-z0-9]|[A-Z][A-Za-z]+ )[^\n]*[^.\s]$/);
      }
    }
  });
}

/** A validator of options doesn't check their schema. */
function testOptions({ target: { optionsSchema } }: Column): void {
  test('has a valid schema of its options', () => {
    if (optionsSchema !== undefined) new Ajv2020({ strict: true }).compile(optionsSchema);
  });
}

function testLoss(column: Column, cases: readonly LinkedCase[]): void {
  const { modes: _, ...target } = column.target;
  const { options } = contextOf(column);
  const none = { none: 'of a test', callers: 'nothing' };
  const poor = { ...target, capabilities: everyFeature(none) };
  const said = (ir: Ir, degrade: readonly Feature[]) =>
    lossOf(ir, { ...Object.values(ir.targets)[0]!, platform: target.name, options, degrade }, poor);
  const errorsOf = rememberedHere((ir: Ir) => byFeature(said(ir, [])));
  const warningsOf = rememberedHere((ir: Ir) => byFeature(said(ir, names)));

  test.each(names)('reports where %s is lost: an error, or a warning if `degrade` names it', (feature) => {
    for (const one of cases) {
      const { ir, name } = one;
      const [errors, warnings] = [errorsOf, warningsOf].map((known) => known(ir).get(feature) ?? []);
      expect(errors!.length > 0, name).toBe(featuresUsed(ir).has(feature));
      expect(errors!.filter(({ severity }) => severity !== 'error')).toEqual([]);
      expect(warnings!.map(({ severity }) => severity)).toEqual(errors!.map(() => 'warning'));
      for (const { location, message } of errors!) {
        expect(linesOf(one)(location.file)).toBeGreaterThanOrEqual(location.range.start.line);
        expect(message).toContain(feature);
      }
    }
  });

  test('reports nothing but the feature as a warning that `degrade` names', () => {
    for (const [index, { ir, name }] of cases.entries()) {
      const used = [...featuresUsed(ir).keys()];
      const named = used[index % used.length]!;
      const warned = said(ir, [named]).filter(({ diagnostic }) => diagnostic.severity === 'warning');
      expect([...new Set(warned.map(({ feature }) => feature))], name).toEqual([named]);
    }
  });
}

function everyFeature(capability: Capability): Capabilities {
  return Object.fromEntries(names.map((feature) => [feature, capability])) as Capabilities;
}

function byFeature(losses: readonly Loss[]): ReadonlyMap<Feature, readonly Diagnostic[]> {
  const found = Map.groupBy(losses, ({ feature }) => feature);
  return new Map([...found].map(([feature, all]) => [feature, all.map(({ diagnostic }) => diagnostic)]));
}

/** Declares the test that each limit is about a feature that the mesh uses and the column supports only in part. */
function testLimits(column: Column, cases: readonly LinkedCase[]): void {
  test.each(cases)(
    'has limits only for features that the mesh uses and the target supports in part: $name',
    ({ ir }) => {
      const limits = column.target.limits?.(ir, contextOf(column)) ?? [];
      const limited = new Set(limits.map(({ feature }) => feature));
      expect([...limited].filter((feature) => !featuresUsed(ir).has(feature))).toEqual([]);
      expect([...limited].filter((feature) => column.capabilities[feature] === 'full')).toEqual([]);
    },
  );
}

function testOutput(column: Column, cases: readonly LinkedCase[]): void {
  const { target } = column;
  const output = rememberedHere((ir: Ir) => lowered(column, ir));

  test.each(cases)('lowers every mesh, even one with features that it lacks: $name', ({ ir }) => {
    expect(() => output(ir)).not.toThrow();
  });

  test.each(cases)('makes the same bytes for the same mesh: $name', (one) => {
    const first = text(column, one.ir, output(one.ir));
    expect(text(column, one.ir, lowered(column, one.ir)), one.name).toBe(first);
    const other = reordered(one);
    expect(text(column, other, lowered(column, other))).toBe(first);
  });

  test.each(cases)('makes the same output in parts, and each file in only one of them: $name', ({ ir }) => {
    const parts = [...(target.lowerParts?.(ir, contextOf(column)) ?? [output(ir)])];
    expect(parts.flat()).toEqual(output(ir));
    const paths = parts.flatMap((part) => files(part).map(({ path }) => path));
    expect(paths.toSorted()).toEqual(files(parts.flat()).map(({ path }) => path));
  });

  test.each(cases)('names each artifact once: $name', ({ ir }) => {
    const keys = output(ir).map(key);
    expect(keys.filter((own, index) => keys.indexOf(own) !== index)).toEqual([]);
    const proxies = (target.proxies?.(ir) ?? []).map(({ id }) => id);
    expect(proxies.filter((id, index) => proxies.indexOf(id) !== index)).toEqual([]);
    expect(proxies.filter((name) => name.length === 0 || name.length > 63)).toEqual([]);
  });

  test.each(cases)('makes only kinds that it owns, with their origin: $name', (one) => {
    const owned = target.owns.map(({ kind }) => kind);
    const lines = linesOf(one);
    for (const artifact of output(one.ir)) {
      expect(owned, key(artifact)).toContain(artifact.kind);
      expect(artifact.origins.length, key(artifact)).toBeGreaterThan(0);
      for (const { file, line } of artifact.origins) {
        expect(lines(file), `${key(artifact)} is from ${file}`).toBeGreaterThanOrEqual(line);
        expect(line).toBeGreaterThan(0);
      }
    }
  });

  test.each(cases)('makes objects that a cluster accepts and that name their document: $name', (one) => {
    expect(objectFaults(output(one.ir), documentsIn(one), target.owns)).toEqual([]);
  });
}

/**
 * Declares the test that a feature which a column supports changes its output: in every case that the column fully
 * supports, or in at least one case if there is none.
 */
function testEffect(column: Column, cases: readonly LinkedCase[]): void {
  const context = contextOf(column);
  const lost = remembered((ir: Ir) => lostOf(column, ir));
  const isLimited = remembered((ir: Ir) => (column.target.limits?.(ir, context) ?? []).length > 0);
  const isKept = remembered((ir: Ir) => keeps(column, ir));
  const textOf = rememberedHere((ir: Ir) => text(column, ir, lowered(column, ir)));
  const made = names.filter((feature) => {
    const capability = column.capabilities[feature];
    return capability === 'full' || ('partial' in capability && capability.found === 'by limits');
  });
  const shown = made.filter((feature) => removable.includes(feature));
  if (shown.length === 0) return;

  test.each(shown)('changes its output for %s', (feature) => {
    const using = cases
      .filter(({ ir }) => featuresUsed(ir).has(feature) && hasProxies(column, ir))
      .map(({ ir, name }) => ({ ir, name, other: without(ir).get(feature)! }))
      // A mesh without the feature may have another base feature instead, which the column may not support.
      .filter(({ ir, other }) => lost(other).every((feature) => lost(ir).includes(feature)));
    const kept = using.filter(({ ir }) => isKept(ir));
    const asked = kept.length > 0 ? kept : using;
    const unchanged = asked.filter(
      ({ ir, other }) => text(column, other, lowered(column, other)) === textOf(ir),
    );
    // If a limit removes a rule, its other fields change nothing.
    const wrong = unchanged.filter(({ ir }) => isKept(ir) && !isLimited(ir));
    expect(wrong.map(({ name }) => name)).toEqual([]);
    if (asked.length > 0) expect(unchanged.length, 'no case shows it').toBeLessThan(asked.length);
  });
}

/** Returns false if a target that configures each proxy has none in this mesh, so that hardly any field can show. */
function hasProxies({ target }: Column, ir: Ir): boolean {
  return target.proxies?.(ir).length !== 0;
}

/** Returns the features of a mesh that a column does not support at all. */
function lostOf({ capabilities }: Column, ir: Ir): readonly Feature[] {
  return [...featuresUsed(ir).keys()].filter((feature) => levelOf(capabilities[feature]) === 'none');
}

function lowered(column: Column, ir: Ir): readonly Artifact[] {
  return column.target.lower(ir, contextOf(column));
}

/** Like `remembered`; the results are dropped after the tests of the column. */
function rememberedHere<V>(workOut: (ir: Ir) => V): (ir: Ir) => V {
  let known = remembered(workOut);
  afterAll(() => {
    known = remembered(workOut);
  });
  return (ir) => known(ir);
}

/** Returns the whole output of a column for a mesh as one text. */
function text(column: Column, ir: Ir, artifacts: readonly Artifact[]): string {
  const others = artifacts.flatMap((artifact) => {
    if (artifact.type === 'object') return [`${key(artifact)} ${JSON.stringify(artifact.manifest)}`];
    return artifact.type === 'certificate'
      ? [`${key(artifact)} ${artifact.subject} ${artifact.profile}`]
      : [];
  });
  return [
    ...files(artifacts).map(({ path, text: content }) => `${path}\n${content}`),
    ...others.sort(),
    JSON.stringify(column.target.proxies?.(ir) ?? []),
  ].join('\n');
}

function key(artifact: Artifact): string {
  const place =
    artifact.type === 'file' ? artifact.path : artifact.type === 'certificate' ? artifact.proxy : '';
  return `${artifact.kind} ${artifact.namespace}/${artifact.name} ${place}`;
}

/** Returns the same documents in another order of files and within files, in files with other names. */
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

/** Returns the number of lines of each file; 0 if there is no such file. */
function countLines({ sources }: SourceSet): (file: string) => number {
  const counts = new Map(
    sources.map(({ file, bytes }) => [file, Buffer.from(bytes).toString().split('\n').length]),
  );
  return (file) => counts.get(file) ?? 0;
}
