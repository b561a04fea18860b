import published from '@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json' with { type: 'json' };
import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import type { Findings } from '../../../src/ui/findings/findings.ts';
import { findingsSarif } from '../../../src/ui/findings/sarif.ts';
import { at, findingsOf, suppressedAt } from './some-findings.ts';

// The schema that OASIS publishes, from Microsoft's matchers for SARIF. It is a draft 4 schema, but has only keywords
// with the same meaning in draft 7.
const { $schema, id, ...schema } = published;
const isSarif = new Ajv({
  allErrors: true,
  strict: false,
  validateFormats: false,
  unicodeRegExp: false,
}).compile(schema);

/** Returns the only run of a log, which must conform to the schema. */
function run(findings: Findings): ReturnType<typeof JSON.parse> {
  const log = JSON.parse(findingsSarif(findings));
  expect(isSarif(log), JSON.stringify(isSarif.errors)).toBe(true);
  return log.runs[0];
}

describe('findingsSarif', () => {
  test('the schema is the published one, and refuses other JSON', () => {
    expect([$schema, id]).toEqual([
      'http://json-schema.org/draft-04/schema#',
      expect.stringContaining('sarif'),
    ]);
    expect(isSarif({ version: '2.1.0', runs: [{ results: [] }] })).toBe(false);
  });

  test('is valid without findings, too', () => {
    expect(run(findingsOf([])).results).toEqual([]);
  });

  test('a result has its rule, place below the top of the repository, object and field', () => {
    const { results, tool } = run(findingsOf([at(6)], { prefix: 'deploy/the mesh/' }));
    const [rule] = tool.driver.rules;
    expect(rule.id).toBe('MESH1100');
    expect(rule.help.text).toContain('mesh explain MESH1100');
    expect(results).toEqual([
      expect.objectContaining({ ruleId: 'MESH1100', ruleIndex: 0, level: 'error', suppressions: [] }),
    ]);
    const [{ physicalLocation, logicalLocations }] = results[0].locations;
    expect(physicalLocation).toEqual({
      artifactLocation: { uri: 'deploy/the%20mesh/routes.yaml', uriBaseId: '%SRCROOT%' },
      region: { startLine: 6, startColumn: 7, endLine: 6, endColumn: 13 },
    });
    expect(logicalLocations[0].fullyQualifiedName).toBe('Route shop/reviews spec.rules.canary.wieght');
  });

  test('rules occur once, and results refer to them', () => {
    const { results, tool } = run(findingsOf([at(7, 'warning', 'MESH2210'), at(6), at(7)]));
    const ids = tool.driver.rules.map(({ id }: { id: string }) => id);
    expect(ids).toEqual(['MESH1100', 'MESH2210']);
    for (const { ruleId, ruleIndex } of results) expect(ids[ruleIndex]).toBe(ruleId);
  });

  test('a suppressed finding is included, with the reason and the comment', () => {
    const { results } = run(findingsOf([at(6)], { suppressed: [suppressedAt(7)] }));
    expect(results.map(({ suppressions }: { suppressions: unknown[] }) => suppressions.length)).toEqual([
      0, 1,
    ]);
    expect(results[1].suppressions[0]).toMatchObject({
      kind: 'inSource',
      justification: 'known to the team',
      location: { physicalLocation: { region: { startLine: 1 } } },
    });
  });

  test('related places and fixes conform to the schema', () => {
    const { location } = at(6);
    const fix = { title: 'Write weight', edits: [{ location, text: 'weight' }] };
    const related = [{ location, message: 'first here' }];
    const { results } = run(findingsOf([{ ...at(6), related, fix }]));
    expect(results[0].relatedLocations).toHaveLength(1);
    expect(results[0].fixes[0].artifactChanges[0].replacements[0].insertedContent).toEqual({
      text: 'weight',
    });
  });

  test('standard input is no file of the repository', () => {
    const piped = { ...at(6), location: { ...at(6).location, file: '-' } };
    const { results } = run(findingsOf([piped], { prefix: 'deploy/' }));
    expect(results[0].locations[0].physicalLocation.artifactLocation).toEqual({ uri: 'stdin' });
  });

  test("findings beyond GitHub's limit are left out, the least severe first, and counted", () => {
    const many = Array.from({ length: 25_001 }, () => at(6, 'warning'));
    const { results, invocations } = run(findingsOf([...many, at(7)]));
    expect(results).toHaveLength(25_000);
    expect(results[0].level).toBe('error');
    expect(invocations[0].toolExecutionNotifications[0].message.text).toBe('2 more findings left out');
  });
});
