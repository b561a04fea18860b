/** The link through which proxies read configuration. */
export const configLink = 'config/current';

/** The link through which proxies read their certificates. */
export const secretsLink = 'secrets/current';

/** Folder of all revisions. */
export const revisionsFolder = 'revisions';

/** Folder of all material. */
export const materialFolder = 'secrets/.revisions';

/** The memory of an output. */
export const memoryFolder = '.mesh';

/** Names at the top of an output directory that are ours alone. */
export const ownNames: readonly string[] = [memoryFolder, 'config', 'proxies', revisionsFolder, 'secrets'];

/** Returns an epoch as it is written in the names of folders. */
export function folderNumber(epoch: number): string {
  return String(epoch).padStart(6, '0');
}

/** Returns the link of the configuration while a revision is in force. */
export function linkToRevision(mark: string): string {
  return `../${revisionsFolder}/${mark}`;
}

/** Returns the folder of the revision that a link leads to; undefined if it leads elsewhere. */
export function revisionOfLink(target: string | undefined): string | undefined {
  return /^\.\.\/revisions\/([0-9A-Za-z-]+)$/.exec(target ?? '')?.[1];
}

/** Returns the folder of the material that a link leads to; undefined if there is no link. */
export function materialOfLink(target: string | undefined): string | undefined {
  return target?.slice('.revisions/'.length);
}

/** Returns the file with the certificate of a proxy. */
export function materialFile(proxy: string): string {
  return `${secretsLink}/${proxy}.json`;
}

/** Returns the link in the working directory of a proxy. */
export function linkToMaterial(workingDirectory: string, proxy: string): string {
  return `${'../'.repeat(workingDirectory.split('/').length)}${materialFile(proxy)}`;
}
