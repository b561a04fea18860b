/**
 * Returns true if a folder, links resolved, is a Git directory or lies in one, a bare repository too; it need not exist. `path`
 * is absolute or relative to `root`.
 */
export type InGitDirectory = (root: string, path: string) => boolean;
