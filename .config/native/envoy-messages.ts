import type { EnvoySchema } from './envoy-schema.ts';

/** Returns a module with the names of the fields of each message that targets write; the values can be any data. */
export function messagesModule({ absent, messages, definitions }: EnvoySchema): string {
  const known = messages.map((name) => {
    const fields = Object.keys(definitions[name]?.['properties'] ?? {});
    const lines = fields.map((field) => `    readonly ${field}?: Json | undefined;\n`);
    return `  readonly '${name}': {\n${lines.join('')}  };`;
  });
  return [
    "/** Messages of Envoy's API, written from a schema of it (npm run generate:native). */",
    "import type { Json } from '../artifact.ts';",
    '',
    '/** The fields of each message. */',
    'export interface MessageFields {',
    ...known,
    '}',
    '',
    '/** Messages that targets write and that are younger than the schema. */',
    `export type YoungerMessage =\n${absent.map((name) => `  | '${name}'`).join('\n')};\n`,
  ].join('\n');
}
