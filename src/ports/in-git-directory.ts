/**
 * Returns true if a folder is a Git directory (of a bare repository, too) or lies in one, after its links are resolved.
 * The folder need not exist. `path` is absolute or relative to `root`.
 */
export type InGitDirectory = (root: string, path: string) => boolean;
