/** The name of a place in a document: named parts, outermost first, and the path below them. */
export interface PlaceName {
  readonly within: readonly string[];
  readonly field: readonly string[];
}

/** Maps of the language whose keys are names given by people, with the word for an entry. */
const namedMaps: Readonly<Record<string, string>> = {
  ports: 'port',
  versions: 'version',
  targets: 'target',
  clusters: 'cluster',
  listeners: 'listener',
  issuers: 'issuer',
};

/** Words for the entries of lists; other lists have their own name. */
const entryWords: Readonly<Record<string, string>> = {
  rules: 'rule',
  backends: 'backend',
  steps: 'step',
  hooks: 'hook',
  calls: 'call',
  endpoints: 'endpoint',
  waivers: 'waiver',
  validations: 'validation',
  match: 'match',
};

/** Returns the name of an entry of the map that `place` names. */
export function inMap({ within, field }: PlaceName, key: string): PlaceName {
  const word = namedMaps[field.at(-1) ?? ''];
  if (word === undefined) return { within, field: [...field, key] };
  return { within: [...within, ...field.slice(0, -1), `${word} ${key}`], field: [] };
}

/** Returns the name of an entry of the list that `place` names. */
export function inList({ within, field }: PlaceName, label: string): PlaceName {
  const list = field.at(-1) ?? '';
  return { within: [...within, ...field.slice(0, -1), `${entryWords[list] ?? list} ${label}`], field: [] };
}

/** Returns a path as text; a key that isn't a plain word is quoted. */
export function fieldPath(field: readonly string[]): string {
  return field.map((key) => (/^[\w@-]+$/.test(key) ? key : JSON.stringify(key))).join('.');
}
