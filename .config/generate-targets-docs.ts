import { levelOf, matrixOf } from '../src/core/targets/matrix.ts';
import type { Capability, Target } from '../src/core/targets/target.ts';
import { code, page, prose, table } from './markdown.ts';

/** Groups of features, by the first part of a feature's name. */
const areas: readonly { readonly title: string; readonly prefixes: readonly string[] }[] = [
  { title: 'Routes', prefixes: ['route'] },
  { title: 'Traffic settings', prefixes: ['settings', 'service'] },
  { title: 'Access and identity', prefixes: ['access', 'authentication', 'mtls', 'federation', 'request'] },
  { title: 'Gateways and hosts outside the mesh', prefixes: ['gateway', 'external', 'egress'] },
  { title: 'Telemetry', prefixes: ['telemetry'] },
];

/** Returns the overview of the targets: for each feature of the language the level at which each target keeps it. */
export function targetsDocs(targets: readonly Target[]): string {
  return page('Targets', 'the capabilities of the targets in src/core/targets', [
    'A target says of every feature of the language how far it keeps it. What a spec asks for and a target cannot keep is a finding ([MESH3010](diagnostics.md#MESH3010) and its neighbours) at the line that asks.',
    table(
      ['target', 'platform', 'tested against', 'writes'],
      targets.map(({ name, title, versions, owns }) => [
        `[${title}](targets/${name}.md)`,
        code(name),
        versions.join(', '),
        kindsIn(owns.map(({ kind }) => kind)),
      ]),
    ),
    '## What each target keeps',
    '*full*: as the language says. *partly*: up to a limit, which the page of the target names with what callers notice. *no*: not at all. *varies*: the modes of the target differ. `mesh targets` prints the same, `mesh targets --used` only what a mesh uses.',
    ...areaTables(targets),
    '## Outputs',
    '`mesh plan`, `apply`, `rollback` and `history` work for targets with `output: {directory: …}`, `{kubernetes: …}` or `{git: …}`; none is [MESH4001](diagnostics.md#MESH4001). `mesh compile` needs no output.',
  ]);
}

/** Returns a heading and a table for each area; a feature without an area is an error. */
function areaTables(targets: readonly Target[]): readonly string[] {
  const { columns, rows } = matrixOf(targets);
  const areaOf = (feature: string) => {
    const prefix = feature.split('.')[0] ?? feature;
    const area = areas.find(({ prefixes }) => prefixes.includes(prefix));
    if (area === undefined) throw new Error(`no area of the overview has the feature ${feature}`);
    return area.title;
  };
  const byArea = Map.groupBy(rows, ({ feature }) => areaOf(feature));
  return areas.flatMap(({ title }) => [
    `### ${title}`,
    table(
      ['feature', ...targets.map(({ name }) => `[${name}](targets/${name}.md)`)],
      (byArea.get(title) ?? []).map(({ feature, what, cells }) => [
        `${code(feature)}<br>${prose(what)}`,
        ...targets.map((target) =>
          levelWord(cells.filter((_, index) => columns[index]?.target.name === target.name)),
        ),
      ]),
    ),
  ]);
}

function levelWord(cells: readonly Capability[]): string {
  const levels = new Set(cells.map(levelOf));
  if (levels.size > 1) return 'varies';
  const words = { full: 'full', partial: 'partly', none: 'no' };
  return [...levels].map((level) => words[level]).join('');
}

/** Returns the first kinds; the page of the target has the others. */
function kindsIn(kinds: readonly string[]): string {
  const shown = [...new Set(kinds)];
  const most = 5;
  return shown.length <= most
    ? shown.join(', ')
    : `${shown.slice(0, most).join(', ')} and ${String(shown.length - most)} more`;
}
