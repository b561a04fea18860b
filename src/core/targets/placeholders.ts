/**
 * Returns text of JSON in which `"${DIR}/` and `"${VERSION}"` occur only where a target has put them: in sources of
 * configuration and trust bundles. Elsewhere, and inside strings, they belong to the spec, and their `$` is written as
 * `\u0024`.
 */
export function withoutForeignPlaceholders(json: string): string {
  return json.includes('"${') ? json.replace(foreign, (found) => `"\\u0024${found.slice(2)}`) : json;
}

/** A placeholder that is not behind a key whose string value the target writes. */
const foreign =
  /"\$\{(?:DIR\}\/|VERSION\}")(?<!(?:"(?:path_config_source|watched_directory)":\{"path":|"trust_bundle":\{"filename":)"\$\{(?:DIR\}\/|VERSION\}"))/g;

/** Returns a proxy's JSON text with the output directory replaced by `${DIR}` in the places that a target writes. */
export function withPlaceholders(json: string, seenAs: string): string {
  const directory = `${JSON.stringify(seenAs).slice(0, -1)}/`;
  return json.replace(ownPath, (found: string, own: string) => {
    const path = found.slice(own.length);
    return path.startsWith(directory) ? `${own}"\${DIR}/${path.slice(directory.length)}` : found;
  });
}

/** A path that the target writes, behind its key; whitespace may come between. */
const ownPath =
  /("(?:path_config_source|watched_directory)"\s*:\s*\{\s*"path"\s*:\s*|"trust_bundle"\s*:\s*\{\s*"filename"\s*:\s*)"(?:[^"\\]|\\.)*"/g;
