import type { Directory } from '../../ports/directory.ts';
import type { Owned, State } from '../history/state.ts';
import { certificateRequests } from '../plan/certificate-actions.ts';
import type { Revision } from '../revision/revision.ts';
import { materialForms } from '../targets/material-form.ts';
import type { Delivery } from './delivery.ts';
import type { PlacedStage } from './placed-way.ts';
import { folderNumber } from './step.ts';

/** What is ours in an output as the last run left it; what versions before 1.1 didn't list is taken from where it is. */
export async function ownedBefore(directory: Directory, { owned }: State): Promise<Owned> {
  if (owned) return owned;
  const names = async (folder: string): Promise<readonly string[]> =>
    (await directory.entries(folder)).map(({ name }) => name);
  const links: string[] = [];
  for (const proxy of await names('proxies')) {
    for (const { link: name } of Object.values(materialForms)) {
      const link = `proxies/${proxy}/${name}`;
      if ((await directory.linkTarget(link))?.includes('secrets/current/')) links.push(link);
    }
  }
  return { revisions: await names('revisions'), material: await names('secrets/.revisions'), links };
}

/** What a run is going to write. */
export function ownedAfter({ epoch, observed }: Delivery, stages: readonly PlacedStage[]): Owned {
  const names = [...stages.map(({ name }) => name), 'end'];
  const now = observed.current;
  return {
    revisions: [...stages.map(({ folder }) => folder), ...(now ? [now.name] : [])],
    material: names.map((name) => `${folderNumber(epoch)}-${name}`),
    links: stages.flatMap(({ revision }) => [...linksOf(revision).values()]),
  };
}

/** Returns by proxy the link in its working directory that leads to its certificate. */
export function linksOf({
  artifacts,
  proxies,
}: Pick<Revision, 'artifacts' | 'proxies'>): ReadonlyMap<string, string> {
  const forms = new Map(certificateRequests(artifacts).map(({ proxy, form }) => [proxy, form]));
  return new Map(
    proxies.flatMap(({ id, workingDirectory }) => {
      const form = forms.get(id);
      return form === undefined ? [] : [[id, `${workingDirectory}/${materialForms[form].link}`] as const];
    }),
  );
}

/** All of both, sorted. */
export function unionOf(first: Owned, second: Owned): Owned {
  const joined = (key: keyof Owned): readonly string[] =>
    [...new Set([...first[key], ...second[key]])].sort();
  return { revisions: joined('revisions'), material: joined('material'), links: joined('links') };
}
