/**
 * Returns JSON text in which `"${DIR}/` and `"${VERSION}"` occur only where a target has put them: in sources of
 * configuration and trust bundles. In other places they come from the spec, and their `$` becomes `\u0024`.
 */
export function withoutForeignPlaceholders(json: string): string {
  return json.includes('"${') ? json.replace(foreign, (found) => `"\\u0024${found.slice(2)}`) : json;
}

/** Matches a placeholder that isn't the value of a key for which the target writes paths. */
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

/** Matches a path that the target writes, after its key and optional whitespace. */
const ownPath =
  /("(?:path_config_source|watched_directory)"\s*:\s*\{\s*"path"\s*:\s*|"trust_bundle"\s*:\s*\{\s*"filename"\s*:\s*)"(?:[^"\\]|\\.)*"/g;
