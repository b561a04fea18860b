import type { Directory } from '../../../ports/directory.ts';
import type { Observed } from '../../history/observed.ts';
import type { Owned } from '../../history/state.ts';
import { certificateRequests } from '../../plan/certificate-actions.ts';
import type { Revision } from '../../revision/revision.ts';
import { fileForm, materialForms } from '../../targets/material-form.ts';
import type { Step } from '../step.ts';
import { materialMark } from './directory-material.ts';
import { materialFolder, revisionsFolder, secretsLink } from './places.ts';

/** The folders of a directory that are ours. */
export interface OwnedFolders extends Owned {
  /** Folders below `revisions/`. */
  readonly revisions: readonly string[];
  /** Folders below `secrets/.revisions/`. */
  readonly material: readonly string[];
  /** Links in the working directories of proxies. */
  readonly links: readonly string[];
}

/**
 * Returns the folders and links that are ours by their place, in a directory whose state doesn't list them (versions
 * before 1.1).
 */
export async function ownedByPlace(directory: Directory): Promise<OwnedFolders> {
  const names = async (folder: string): Promise<readonly string[]> =>
    (await directory.entries(folder)).map(({ name }) => name);
  const links: string[] = [];
  for (const proxy of await names('proxies')) {
    for (const { link: name } of Object.values(materialForms)) {
      const link = `proxies/${proxy}/${name}`;
      if ((await directory.linkTarget(link))?.includes(`${secretsLink}/`)) links.push(link);
    }
  }
  return { revisions: await names(revisionsFolder), material: await names(materialFolder), links };
}

/** Returns the folders and links that a run is going to write. */
export function ownedBySteps(
  { current }: Pick<Observed, 'current'>,
  steps: readonly Step[],
  epoch: number,
): OwnedFolders {
  return {
    revisions: [...steps.map(({ mark }) => mark), ...(current ? [current.name] : [])],
    material: [...steps, undefined].map((step) => materialMark(epoch, step)),
    links: steps.flatMap(({ revision }) => [...linksOf(revision).values()]),
  };
}

/** Returns, by proxy, the link from the proxy's working directory to its certificate. */
export function linksOf({
  artifacts,
  proxies,
}: Pick<Revision, 'artifacts' | 'proxies'>): ReadonlyMap<string, string> {
  const forms = new Map(certificateRequests(artifacts).map(({ proxy, form }) => [proxy, form]));
  return new Map(
    proxies.flatMap(({ id, workingDirectory }) => {
      const asked = forms.get(id);
      const form = asked && fileForm({ form: asked });
      return form === undefined ? [] : [[id, `${workingDirectory}/${form.link}`] as const];
    }),
  );
}
