import type { Feature } from '../src/core/ir/feature.ts';
import { levelOf, type Matrix, matrixOf, reasonOf } from '../src/core/targets/matrix.ts';
import { targets as registry } from '../src/core/targets/registry.ts';
import type { Capability, Target } from '../src/core/targets/target.ts';
import { anchor, code, page, prose, table } from './markdown.ts';
import { definitions, descriptionOf, type Schema, type Schemas } from './schemas.ts';

/** Returns the page of the targets: the capabilities of each registered target, and the platforms without a target. */
export async function targetsDocs(schemas: Schemas): Promise<string> {
  const targets = await Promise.all(Object.values(registry).map(async (load) => (await load()).default));
  const notBuilt = platforms(schemas).filter((platform) => !Object.hasOwn(registry, platform));
  const { columns, rows } = matrixOf(targets);
  return page('Targets', 'the capabilities of the targets in src/core/targets', [
    'A target says of every feature of the language how far it keeps it. What a spec asks for and a target cannot keep is a finding ([MESH3010](diagnostics.md#MESH3010) and its neighbours) at the line that asks.',
    targets.map(({ name, title }) => `- [${title}](#${name}), \`platform: ${name}\``).join('\n'),
    '## What each target keeps',
    table(
      ['feature', '', ...columns.map(({ id }) => id)],
      rows.map(({ feature, what, cells }) => [
        code(feature),
        prose(what),
        ...cells.map((cell, index) => linked(columns[index]?.target.name ?? '', feature, cell)),
      ]),
    ),
    '`mesh targets` prints the same, `mesh targets --used` only what a mesh uses. Partial: kept up to the limits below, and a loss only where a mesh goes beyond them, unless they say "at each use".',
    ...targets.map((target) => section(target, matrixOf([target]))),
    '## Outputs',
    '`mesh plan`, `apply`, `rollback` and `history` work for targets with `output: {directory: …}`, `{kubernetes: …}` or `{git: …}`; none is [MESH4001](diagnostics.md#MESH4001). `mesh compile` needs no output.',
    '## Platforms that are not built yet',
    'A mesh may name these. Validating it and compiling its other targets works, with a warning; compiling, planning or applying such a target is an error.',
    notBuilt.map((platform) => `- ${code(platform)}`).join('\n'),
  ]);
}

function linked(target: string, feature: Feature, cell: Capability): string {
  return cell === 'full' ? 'full' : `[${levelOf(cell)}](#${target}-${feature})`;
}

function section(
  { name, title, versions, notes = [], owns, optionsSchema }: Target,
  { columns, rows }: Matrix,
): string {
  const limits = rows.flatMap(({ feature, cells }) => {
    const alike = Map.groupBy(
      cells.flatMap((cell, index) => (cell === 'full' ? [] : [{ cell, mode: columns[index]?.mode }])),
      ({ cell }) => JSON.stringify(cell),
    );
    return [...alike.values()].flatMap((group, index) => {
      const [{ cell }] = group as [(typeof group)[number]];
      const modes = group.length < columns.length ? ` (${group.map(({ mode }) => mode).join(', ')})` : '';
      const place = index === 0 ? anchor(`${name}-${feature}`) : '';
      const each = 'partial' in cell && cell.found === 'at each use' ? ' at each use' : '';
      return `- ${place}${code(feature)}${modes}, ${levelOf(cell)}${each}: ${prose(reasonOf(cell))}. What callers notice: ${prose(cell.callers)}.`;
    });
  });
  return [
    `${anchor(name)}\n\n## ${title}`,
    `\`platform: ${name}\`, tested against ${versions.join(', ')}. It writes: ${owns.map(({ kind }) => kind).join(', ')}.`,
    columns
      .flatMap(({ mode, note }) =>
        mode === undefined || note === undefined ? [] : [`Mode ${code(mode)}: ${prose(note)}.`],
      )
      .join('\n'),
    notes.length > 0 ? `To know first:\n\n${notes.map((note) => `- ${note}`).join('\n')}` : '',
    limits.length > 0 ? `What it does not keep whole:\n\n${limits.join('\n')}` : '',
    optionTable(optionsSchema as Schema | undefined),
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

function optionTable(schema: Schema | undefined): string {
  const options = (schema?.['properties'] ?? {}) as Readonly<Record<string, Schema>>;
  return table(
    ['option', 'default', 'meaning'],
    Object.entries(options).map(([name, option]) => {
      const values = option['enum'] as readonly unknown[] | undefined;
      const choice = values ? `One of ${values.map((value) => code(String(value))).join(', ')}. ` : '';
      const standard = 'default' in option ? code(String(option['default'])) : '';
      return [code(name), standard, choice + prose(descriptionOf(option))];
    }),
  );
}

/** Returns the platforms that a spec may name. */
function platforms(schemas: Schemas): readonly string[] {
  const { properties } = definitions(schemas)['Target'] as {
    readonly properties: { readonly platform: { readonly enum: readonly string[] } };
  };
  return properties.platform.enum;
}
