/** The part of Rolldown's plug-in interface that is used here. */
interface AbsentPartsPlugin {
  readonly name: string;
  resolveId(source: string, importer: string | undefined): string | undefined;
  load(id: string): string | undefined;
}

/**
 * Leaves out the parts of @kubernetes/client-node that mesh never calls: its typed API of 700 models and its HTTP
 * client undici, 2.5 MB that take 1 s to load. The parts that read kubeconfigs and credentials stay; mesh sends its own
 * JSON requests by node:https.
 */
export function withoutTypedApi(): AbsentPartsPlugin {
  return {
    name: 'cluster-client-without-typed-api',
    resolveId: (source, importer) =>
      importer !== undefined && client.test(importer) && Object.hasOwn(absent, source)
        ? `${prefix}${source}`
        : undefined,
    load: (id) => {
      const names = id.startsWith(prefix) ? absent[id.slice(prefix.length)] : undefined;
      return names?.map((name) => `export const ${name} = undefined;\n`).join('');
    },
  };
}

const client = /[\\/]@kubernetes[\\/]client-node[\\/]dist[\\/][^\\/]+\.js$/;

const prefix = '\0absent:';

/** The names that the library imports from each left-out part; the build fails if a new version imports more. */
const absent: Readonly<Record<string, readonly string[]>> = {
  './gen/index.js': ['createConfiguration', 'ServerConfiguration'],
  './middleware.js': ['setHeaderMiddleware'],
  undici: ['Agent', 'ProxyAgent'],
};
