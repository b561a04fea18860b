/**
 * Returns the path of a file from the top of its repository. `prefix` leads from there to the root: empty, or ending in
 * `/`. A file outside of the root begins with `../`; an absolute path stays as it is.
 */
export function repositoryPath(prefix: string, file: string): string {
  if (file.startsWith('/')) return file;
  const folders = prefix.split('/').slice(0, -1);
  let rest = file;
  while (rest.startsWith('../') && folders.length > 0) {
    folders.pop();
    rest = rest.slice('../'.length);
  }
  return [...folders, rest].join('/');
}
