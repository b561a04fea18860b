/** The file of a repository with the schema for editors, relative to the root. */
export const editorSchemaFile = '.mesh/schema.json';
