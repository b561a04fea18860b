/**
 * Text of JSON in which `"${DIR}/` and `"${VERSION}"` stand only where a target has put them: in sources of configuration and
 * bundles of trust. Elsewhere, and inside of strings, they are the spec's own, and their `$` is written as `\u0024`.
 */
export function withoutForeignPlaceholders(json: string): string {
  if (!json.includes('"${')) return json;
  return json.replace(placeholder, (found: string, own: string | undefined) =>
    own === undefined ? `"\\u0024${found.slice(2)}` : found,
  );
}

/** A key in front of a string of the target's, and the string's beginning. */
const placeholder =
  /("(?:path_config_source|watched_directory)":\{"path":|"trust_bundle":\{"filename":)?"\$\{(?:DIR\}\/|VERSION\}")/g;

/** Text of JSON as a proxy has it, with the directory exchanged for `${DIR}` where a target names it. */
export function withPlaceholders(json: string, seenAs: string): string {
  const directory = `${JSON.stringify(seenAs).slice(0, -1)}/`;
  return json.replace(ownPath, (found: string, own: string) => {
    const path = found.slice(own.length);
    return path.startsWith(directory) ? `${own}"\${DIR}/${path.slice(directory.length)}` : found;
  });
}

/** A path of the target's, behind its key; whitespace may stand between. */
const ownPath =
  /("(?:path_config_source|watched_directory)"\s*:\s*\{\s*"path"\s*:\s*|"trust_bundle"\s*:\s*\{\s*"filename"\s*:\s*)"(?:[^"\\]|\\.)*"/g;
