import type { Directory } from '../../../ports/directory.ts';
import type { By, Drift } from '../../drift/drift.ts';
import { expectedRevision } from '../../drift/expected-revision.ts';
import type { Observed } from '../../history/observed.ts';
import { append } from '../../lib/append.ts';
import { sha256 } from '../../lib/sha256.ts';
import { certificateRequests } from '../../plan/certificate-actions.ts';
import { objectChanges } from '../../plan/object-changes.ts';
import { withinRevision } from '../../revision/revision-files.ts';
import type { Artifact } from '../../targets/artifact.ts';
import { fileForm } from '../../targets/material-form.ts';
import { objectPath } from '../../targets/object-path.ts';
import { changedResources } from '../changed-resources.ts';
import { configLink, linkToMaterial, linkToRevision, materialFile, revisionsFolder } from './places.ts';
import { pointerOf } from './pointer-of.ts';

/** Returns the differences between a directory and the applied revision: links, files and certificates. */
export async function findDrift(
  directory: Directory,
  observed: Observed,
  seenAs: string,
): Promise<readonly Drift[]> {
  return [
    ...(await linkDrift(directory, observed)),
    ...(await fileDrift(directory, observed, seenAs)),
    ...(await secretDrift(directory, observed)),
  ];
}

async function linkDrift(directory: Directory, observed: Observed): Promise<readonly Drift[]> {
  const { current, journal, foreign, state } = observed;
  if (state.epoch === 0 && foreign.length > 0)
    return foreign.map(({ path, why }) => ({ type: 'link', path, detail: why }));
  const expected = expectedRevision(journal);
  const target = await directory.linkTarget(configLink);
  const expectedTarget = expected === undefined ? undefined : linkToRevision(expected);
  if (expectedTarget === undefined || target === expectedTarget) {
    return current === undefined && target !== undefined
      ? [
          {
            type: 'link',
            path: configLink,
            detail: `it leads to ${JSON.stringify(target)}, which is no revision that was applied`,
            ...(await byOf(directory, configLink)),
          },
        ]
      : [];
  }
  const leads = target === undefined ? 'it is gone' : `it leads to ${JSON.stringify(target)}`;
  return [
    {
      type: 'link',
      path: configLink,
      detail: `${leads}, and ${JSON.stringify(expectedTarget)} was applied`,
      ...(await byOf(directory, configLink)),
    },
  ];
}

async function fileDrift(
  directory: Directory,
  { current }: Observed,
  seenAs: string,
): Promise<readonly Drift[]> {
  const pointer = current && (await pointerOf(directory, current.name, seenAs))?.pointer;
  if (current === undefined || pointer === undefined) return [];
  const { name, snapshot } = current;
  const artifacts = byFile(snapshot.artifacts);
  const found: Drift[] = [];
  for (const [path, { written }] of Object.entries(pointer.files)) {
    const file = `${revisionsFolder}/${name}/${withinRevision(path)}`;
    const text = await directory.read(file);
    const applied = artifacts.get(path) ?? [];
    if (text === undefined) {
      found.push({ type: 'file', state: 'removed', path, objects: objectChanges(applied, []) });
    } else if (sha256(text) !== written) {
      const objects = changedResources(applied, text, pointer.seenAs);
      const detail =
        objects === undefined
          ? 'it cannot be read as what it was'
          : objects.length === 0
            ? 'its resources are the same: spacing, order or version'
            : undefined;
      found.push({
        type: 'file',
        state: 'changed',
        path,
        ...(objects && { objects }),
        ...(detail !== undefined && { detail }),
        ...(await byOf(directory, file)),
      });
    }
  }
  const known = new Set([...Object.keys(pointer.files).map(withinRevision), 'index.json']);
  for (const within of await filesBelow(directory, `${revisionsFolder}/${name}`, '')) {
    if (known.has(within)) continue;
    const file = `${revisionsFolder}/${name}/${within}`;
    found.push({ type: 'file', state: 'added', path: file, ...(await byOf(directory, file)) });
  }
  return found;
}

async function secretDrift(directory: Directory, observed: Observed): Promise<readonly Drift[]> {
  const found: Drift[] = [];
  for (const { proxy, subject, form } of certificateRequests(observed.current?.snapshot.artifacts ?? [])) {
    const path = materialFile(proxy);
    if (!observed.material.has(proxy))
      found.push({
        type: 'secret',
        state: 'removed',
        path,
        detail: `the certificate of ${subject} is not there`,
      });
    const fault = observed.faults?.get(proxy);
    // A certificate that expires is no drift: nobody has changed it, and `mesh status` reports it.
    if (fault?.state === 'wrong')
      found.push({
        type: 'secret',
        state: 'changed',
        path,
        detail: `the certificate of ${subject} can't be used: ${fault.detail}`,
      });
    const workingDirectory = observed.current?.snapshot.proxies.find(
      ({ id }) => id === proxy,
    )?.workingDirectory;
    const link = fileForm({ form })?.link;
    if (workingDirectory === undefined || link === undefined) continue;
    const own = `${workingDirectory}/${link}`;
    const target = await directory.linkTarget(own);
    const wanted = linkToMaterial(workingDirectory, proxy);
    if (target !== wanted)
      found.push({
        type: 'link',
        path: own,
        detail:
          target === undefined
            ? 'the link to its certificate is gone'
            : `it leads to ${JSON.stringify(target)}, not to ${JSON.stringify(wanted)}`,
      });
  }
  return found;
}

function byFile(artifacts: readonly Artifact[]): ReadonlyMap<string, readonly Artifact[]> {
  const byPath = new Map<string, Artifact[]>();
  for (const artifact of artifacts) {
    if (artifact.type === 'certificate') continue;
    const path = artifact.type === 'file' ? artifact.path : objectPath(artifact);
    const list = byPath.get(path);
    if (list) list.push(artifact);
    else byPath.set(path, [artifact]);
  }
  return byPath;
}

/** Returns the names of everything in a folder except folders; follows no links. */
async function filesBelow(directory: Directory, top: string, folder: string): Promise<readonly string[]> {
  const names: string[] = [];
  for (const { name, type } of await directory.entries(folder === '' ? top : `${top}/${folder}`)) {
    const within = folder === '' ? name : `${folder}/${name}`;
    if (type === 'folder') append(names, await filesBelow(directory, top, within));
    else names.push(within);
  }
  return names;
}

async function byOf(directory: Directory, path: string): Promise<{ readonly by?: By }> {
  const facts = await directory.facts(path);
  return facts === undefined ? {} : { by: { owner: facts.owner, modified: facts.modified.toISOString() } };
}
