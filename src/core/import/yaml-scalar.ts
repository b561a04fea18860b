/** Texts that need no quotes in flow style: words, names, paths and host names. */
const bare = /^[A-Za-z/][\w./-]*$/;

/** Numbers with a unit, such as durations. */
const measured = /^\d+(?:\.\d+)?(?:ms|[smhd%]|KiB|MiB)$/;

/** Texts that some parsers read as another type. */
const meaningful = /^(?:true|false|null|yes|no|on|off|y|n|e[\d_.]+)$/i;

const unprintable = /[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g;

/** Returns a key of a map; fields of the language such as `on` stay without quotes, since the language is YAML 1.2. */
export function yamlKey(text: string): string {
  return bare.test(text) && !/^(?:true|false|null)$/i.test(text) ? text : yamlScalar(text);
}

/** Returns a text as a YAML scalar, in quotes if a parser of YAML 1.1 or 1.2 could read it as something else. */
export function yamlScalar(text: string): string {
  if ((bare.test(text) || measured.test(text)) && !meaningful.test(text)) return text;
  return JSON.stringify(text).replace(
    unprintable,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
