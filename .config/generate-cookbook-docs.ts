import { readdirSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { anchor, page } from './markdown.ts';

/** The description of a recipe, in its case.yaml; each claim is proved by test/core/cookbook.test.ts. */
interface Recipe {
  readonly title: string;
  readonly why: string;
  /** The files to show; `recipe.yaml` if absent. */
  readonly files?: readonly string[];
  readonly requests: readonly { readonly says: string }[];
}

const folder = 'fixtures/cookbook';

/** Returns the cookbook: every recipe of fixtures/cookbook with its YAML, its targets and its claims. */
export function cookbookDocs(): string {
  const recipes = readdirSync(folder)
    .sort()
    .map((name) => ({ name, ...(parse(read(name, 'case.yaml')) as Recipe), targets: targetsOf(name) }));
  return page('Cookbook', folder, [
    'Each recipe is a whole small mesh in `fixtures/cookbook` (installed: `$(npm root --global)/meshwright/fixtures/cookbook`): `mesh validate` finds nothing in it, it compiles for each target that it names, and each sentence under *Then* is asked of the meaning (`mesh explain request`) by a test. The services are `web`, which calls, and `reviews` with the versions `v1` and `v2`.',
    'The applications at the addresses of the recipes do not exist. `mesh up --services` answers in their place, so that a recipe runs on Envoys as it is, in a copy of its folder:',
    `\`\`\`sh
cp -r "$(npm root --global)/meshwright/fixtures/cookbook/01-canary-split" try && cd try
mesh certs init
mesh apply --yes --allow-dirty # it is in no commit
mesh up --services # prints a call to try; Ctrl-C ends it
\`\`\``,
    'The target `istio` writes its objects to `out/istio`.',
    recipes.map(({ name, title }) => `- [${title}](#${idOf(name)})`).join('\n'),
    ...recipes.flatMap(({ name, title, why, files = ['recipe.yaml'], requests, targets }) => [
      `${anchor(idOf(name))}\n\n## ${title}`,
      why.trim(),
      ...files.map((file) => {
        const label = files.length === 1 ? '' : `\`${file}\`:\n\n`;
        return `${label}\`\`\`yaml\n${read(name, file)}\`\`\``;
      }),
      `Then:\n\n${requests.map(({ says }) => `- ${says}`).join('\n')}`,
      `Compiles for: ${targets.join(', ')}. Whole mesh: [\`${folder}/${name}\`](../${folder}/${name}/mesh.yaml).`,
    ]),
  ]);
}

function read(name: string, file: string): string {
  return readFileSync(`${folder}/${name}/${file}`, 'utf8');
}

function idOf(name: string): string {
  return name.replace(/^\d+-/, '');
}

function targetsOf(name: string): readonly string[] {
  const mesh = parse(read(name, 'mesh.yaml')) as { readonly spec: { readonly targets: object } };
  return Object.keys(mesh.spec.targets);
}
