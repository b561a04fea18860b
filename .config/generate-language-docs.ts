import { stringify } from 'yaml';
import { joinedHeaders } from '../src/core/ir/joined-headers.ts';
import { unsupportedFields } from '../src/core/ir/link/unsupported.ts';
import { ownedHeaders } from '../src/core/ir/owned-header.ts';
import { flow } from '../src/core/lib/flow.ts';
import {
  entriesOf,
  fieldsOf,
  inPlace,
  isRequired,
  type Language,
  languageOf,
  resolved,
  sharedName,
  typesOf,
} from './language-fields.ts';
import { anchor, code, page, prose, table } from './markdown.ts';
import { definitions, descriptionOf, type Schema, type Schemas } from './schemas.ts';

/** Returns the page of the language: every kind with its fields, then the types that several of them share. */
export function languageDocs(schemas: Schemas): string {
  const language = languageOf(definitions(schemas));
  const kinds = Object.keys(schemas.kinds).sort((a, b) => rank(a) - rank(b));
  const shared = [...language.shared].sort();
  const objects = shared.filter((name) => fieldsOf(language.all[name] ?? {}).length > 0);
  const values = shared.filter((name) => !objects.includes(name));
  const text = page('The mesh language', 'schemas/v1', [
    'A mesh is the YAML documents of a repository. Each has `apiVersion: mesh/v1`, a `kind`, `metadata` and a `spec`. `mesh explain KIND.FIELD` says what this page says; in the names of fields here, as there, `spec`, positions in lists and names in maps are left out.',
    `## Contents\n\n${kinds.map((kind) => `- [${kind}](#${kind}): ${summary(language, `${kind}Document`)}`).join('\n')}`,
    `Shared: ${objects.map((name) => `[${name}](#${name})`).join(', ')}. Values: ${values.map((name) => `[${name}](#${name})`).join(', ')}.`,
    ...kinds.flatMap((kind) => kindSection(kind, language)),
    '## Shared types',
    ...objects.flatMap((name) => typeSection(name, language)),
    '## Values',
    table(
      ['value', 'type', 'meaning'],
      values.map((name) => valueRow(name, language)),
    ),
    '## How proxies read a request',
    ...reading,
    '## Headers that proxies own',
    'No match and no Access can name these headers ([MESH2300](diagnostics.md#MESH2300)): what a caller sends there is not what a server can trust. A Route can change only those marked so ([MESH2301](diagnostics.md#MESH2301)). Of `referer` proxies pass on only an absolute URL without a fragment ([MESH2302](diagnostics.md#MESH2302)).',
    table(
      ['header', 'proxies', 'instead of a match', 'can be changed'],
      ownedHeaders.map(({ name, reason, instead, changeable }) => [
        code(name),
        reason,
        instead,
        changeable ? 'yes' : 'no',
      ]),
    ),
  ]);
  refuseTwice(text);
  return text;
}

/** The kinds in the order in which people need them; a mesh can do without the later ones. */
const readingOrder = [
  'Mesh',
  'Service',
  'Route',
  'Access',
  'Gateway',
  'External',
  'Authentication',
  'Rollout',
].concat(['Profile', 'Guardrail']);

/** Returns the place of a kind in the page. Throws an Error for a kind that has none yet. */
function rank(kind: string): number {
  const at = readingOrder.indexOf(kind);
  if (at < 0) throw new Error(`the page of the language has no place for ${kind}: add it to readingOrder`);
  return at;
}

/** Fields that this version of the tool refuses, by kind. */
const notActedOn: Readonly<Record<string, typeof unsupportedFields>> = {
  Mesh: unsupportedFields,
};

/** Sentences that hold for every kind, so that no field's description can contain them. */
const reading: readonly string[] = [
  "Hosts. Case and port of a host don't count. One dot at the end of a `Host` or of a server name is dropped before anything reads it; a `Host` with two dots there is refused (400). A host in a document has none.",
  'Paths are normalised before anything reads them: encoded letters, digits and `-._~` are decoded, `\\` becomes `/`, `/./` and `/../` are resolved, and then `//` is merged. A path with an encoded slash or backslash, `%00` or `#`, or with dots hidden before a `;`, is refused (400). Access sees the path, host and headers that the server receives, after the changes of the Route.',
  'Headers. Spaces and tabs around a value are no part of it (RFC 9110, 5.5). HTTP/2 forbids them (RFC 9113, 8.2.1): a request that has them in a header that the mesh reads is refused (400), and so is one with an empty `x-forwarded-proto` where a proxy takes it from its caller.',
  `Lines of one header are matched one by one, but for those that proxies join: of ${[...joinedHeaders].map(code).join(', ')} rules and servers see one value, with a comma between the lines.`,
  'Regular expressions see the bytes of a value, in UTF-8: a `.` is one byte, and a character beyond ASCII has several ([Pattern](#Pattern)).',
  'Listeners that share a port. The most specific hostname takes a call: that of the server name on https and tls, that of the `Host` on http. A server name that no listener has, or none where all listeners have hostnames, is a closed connection. A request on such a connection whose `Host` belongs to another listener of the port is answered with 421, so that a browser opens another connection, with the certificate that is asked for there; a `Host` that no listener has is 404.',
  "Egress gateways. A call to an External with a `gateway` comes to a listener that speaks as the call does (http for requests, tls for TLS of the application, tcp for the rest) and has a hostname for one of the hosts: to the one with the port number of the call if there is one, else to the first by name. A call that no listener takes fails with 503, or is closed where it isn't HTTP, and is never sent past the gateway.",
  'Retries. All tries of a request stay with the backend that was drawn: with its version, or, where the backend names none or there is no Route, with any instance of the service.',
  'TLS of applications. Where a port has `tls`, the proxy of the service starts TLS when it hands over a call; with `mtls: disabled` the proxy of the caller does, and the proxy of the service passes connections on. There Access by ports alone decides, and a caller whose connection is closed gets 503 from its own proxy. Callers without a proxy then speak TLS with the application themselves.',
  'Health checks. Each proxy that calls a service asks each of its instances, by the way that calls take. The first check decides alone, and before it nothing is sent to the instance. Where no instance is well, calls fail with 503.',
];

function kindSection(kind: string, language: Language): readonly string[] {
  const document = language.all[`${kind}Document`] ?? {};
  const fields = new Map(fieldsOf(document));
  const spec = resolved(fields.get('spec') ?? {}, language);
  const metadata = typeWords(fields.get('metadata') ?? {}, language);
  return [
    `${anchor(kind)}\n\n## ${kind}`,
    prose(descriptionOf(document)),
    ...((document['examples'] ?? []) as readonly unknown[]).map(
      (example) => `\`\`\`yaml\n${stringify(example, { lineWidth: 100 })}\`\`\``,
    ),
    `\`metadata\`: ${metadata}. \`spec\`: ${prose(descriptionOf(spec))}`,
    ...fieldSections(kind, spec, language, '###'),
  ];
}

function typeSection(name: string, language: Language): readonly string[] {
  const schema = language.all[name] ?? {};
  const scalar = typesOf(schema).filter((type) => type !== 'object');
  return [
    `${anchor(name)}\n\n### ${name}`,
    prose(descriptionOf(schema)) + (scalar.length > 0 ? ` Written in short as ${scalar.join(' or ')}.` : ''),
    examples(schema, name),
    ...fieldSections(name, schema, language, '####'),
  ];
}

/** Returns a table of the fields at a path, then a table for each field that has fields of its own. */
function fieldSections(path: string, schema: Schema, language: Language, level: string): readonly string[] {
  const fields = fieldsOf(schema);
  return [
    table(
      ['field', 'type', 'meaning'],
      fields.map(([name, field]) => [
        `${anchor(`${path}.${name}`)}${code(name)}`,
        fieldType(`${path}.${name}`, field, isRequired(schema, name), language),
        meaning(`${path}.${name}`, field, language),
      ]),
    ),
    ...fields.flatMap(([name, field]) => {
      const inner = inPlace(field, language);
      if (inner === undefined) return [];
      const below = `${path}.${name}`;
      const own = inner['description'] === field['description'] ? '' : prose(descriptionOf(inner));
      return [
        `${anchor(`in-${below}`)}\n\n${level} ${below}`,
        own,
        ...fieldSections(below, inner, language, level),
      ];
    }),
  ];
}

function fieldType(path: string, field: Schema, required: boolean, language: Language): string {
  const words = typeWords(field, language);
  const linked = inPlace(field, language)
    ? words.replace(/object(?=, not empty$|$)/, `[object](#in-${path})`)
    : words;
  return required ? `${linked}, **compulsory**` : linked;
}

/** Returns a type in words; a shared type becomes a link with the type's name. */
function typeWords(schema: Schema, language: Language): string {
  const name = sharedName(schema, language);
  if (name !== undefined) return `[${name}](#${name})`;
  const full = resolved(schema, language);
  const entries = entriesOf(full);
  const types = typesOf(full);
  if (entries !== undefined) {
    const some = Number(full['minItems'] ?? full['minProperties'] ?? 0) > 0 ? ', not empty' : '';
    return `${types[0] === 'array' ? 'list' : 'map'} of ${typeWords(entries, language)}${some}`;
  }
  const { minimum, maximum } = full;
  const range =
    typeof minimum === 'number' && Number(maximum) < 2 ** 31 - 1 ? `, ${minimum} to ${String(maximum)}` : '';
  return types.length === 0 ? 'any' : types.join(' or ') + range;
}

function meaning(path: string, field: Schema, language: Language): string {
  const full = resolved(field, language);
  const values = full['enum'] as readonly unknown[] | undefined;
  const shows = values === undefined && full['type'] !== 'boolean';
  const [kind = '', ...rest] = path.split('.');
  const unsupported = notActedOn[kind]?.find((one) => one.path.replace('.*', '') === rest.join('.'));
  return [
    prose(descriptionOf(full)),
    values && sharedName(field, language) === undefined
      ? `One of ${values.map((value) => code(flow(value))).join(', ')}.`
      : '',
    'default' in full ? `Default: ${code(flow(full['default']))}.` : '',
    shows ? examples(full, path) : '',
    unsupported ? notYet('MESH2101', unsupported.idle) : '',
  ]
    .filter((part) => part !== '')
    .join('<br>');
}

/** Returns up to three examples, each written as the value of the field. */
function examples(schema: Schema, path: string): string {
  const some = ((schema['examples'] ?? []) as readonly unknown[]).slice(0, 3);
  const name = path.includes('.') ? `${path.split('.').at(-1) ?? ''}: ` : '';
  return some.length === 0 ? '' : `Example: ${some.map((value) => code(name + flow(value))).join(', ')}`;
}

function valueRow(name: string, language: Language): readonly string[] {
  const schema = language.all[name] ?? {};
  return [`${anchor(name)}${code(name)}`, typeWords(schema, language), meaning(name, schema, language)];
}

function notYet(finding: string, idle?: unknown): string {
  const except = idle === undefined ? '' : ` other than ${code(flow(idle))}`;
  return `**Nothing acts on it yet**: a value${except} is an error ([${finding}](diagnostics.md#${finding})).`.replace(
    'a value is',
    'to write it is',
  );
}

function summary({ all }: Language, name: string): string {
  const text = descriptionOf(all[name] ?? {});
  return prose(/^.*?[.](?= [A-Z[{]|$)/.exec(text)?.[0] ?? text);
}

/** Throws if two anchors have the same name: a link would lead to the wrong one. */
function refuseTwice(text: string): void {
  const seen = new Set<string>();
  for (const [, id = ''] of text.matchAll(/<a id="([^"]+)">/g)) {
    if (seen.size === seen.add(id).size) throw new Error(`two places of the page are called ${id}`);
  }
  for (const [, id = ''] of text.matchAll(/\]\(#([^)]+)\)/g)) {
    if (!seen.has(id)) throw new Error(`no place of the page is called ${id}`);
  }
}
