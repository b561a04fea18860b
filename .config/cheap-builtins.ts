import module from 'node:module';

/** The part of Rolldown's plug-in interface that is used here. */
interface BuiltinsPlugin {
  readonly name: string;
  resolveId(
    source: string,
    importer: string | undefined,
    options: { readonly kind?: string },
  ): string | undefined;
  load(id: string): string | undefined;
}

/**
 * Imports some modules of Node without the exports that Node loads late. An `import` of such a module reads every one of
 * its exports: that of node:http loads fetch and WebSocket, which takes 45 ms and 14 MB, though mesh uses neither. The
 * build fails if a source imports one of the exports that are left out.
 */
export function cheapBuiltins(): BuiltinsPlugin {
  return {
    name: 'cheap-builtins',
    resolveId: (source, _importer, { kind }) => {
      const name = source.replace(/^node:/, '');
      return kind === 'import-statement' && costly.has(name) ? `${prefix}${name}` : undefined;
    },
    load: (id) => (id.startsWith(prefix) ? moduleOf(id.slice(prefix.length)) : undefined),
  };
}

const prefix = '\0cheap:';

const costly: ReadonlySet<string> = new Set(['http', 'fs', 'util']);

function moduleOf(name: string): string {
  const all = module.createRequire(import.meta.url)(`node:${name}`) as object;
  const names = Object.entries(Object.getOwnPropertyDescriptors(all)).flatMap(([key, descriptor]) =>
    descriptor.get === undefined && /^[A-Za-z_$][\w$]*$/.test(key) ? [key] : [],
  );
  return `const all = process.getBuiltinModule('node:${name}');
export default all;
export const { ${names.join(', ')} } = all;
`;
}
