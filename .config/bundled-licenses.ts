import { packageFolder, packageLicenses } from './package-licenses.ts';

/** The part of Rolldown's plug-in interface that is used here. */
interface LicensesPlugin {
  readonly name: string;
  generateBundle(
    this: { emitFile(file: { type: 'asset'; fileName: string; source: string }): string },
    options: unknown,
    bundle: Readonly<Record<string, { readonly type: string; readonly moduleIds?: readonly string[] }>>,
  ): void;
}

/** Writes the licences of all packages in the bundle beside the bundle, as those licences require. */
export function bundledLicenses(): LicensesPlugin {
  return {
    name: 'bundled-licenses',
    generateBundle(_options, bundle) {
      const modules = Object.values(bundle).flatMap(({ moduleIds }) => moduleIds ?? []);
      const folders = new Set(modules.flatMap((id) => packageFolder(id) ?? []));
      const parts = [...folders]
        .flatMap(packageLicenses)
        .map(({ heading, texts }) => [heading, ...texts, ''].join('\n\n').replace(/\n\n$/, '\n'));
      const source = [...new Set(parts)].sort().join(`\n${'-'.repeat(80)}\n\n`);
      this.emitFile({ type: 'asset', fileName: 'LICENSES.txt', source });
    },
  };
}
