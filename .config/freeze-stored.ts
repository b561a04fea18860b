import { existsSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { storedFormat } from '../src/core/history/read-stored.ts';
import { snapshotFormat } from '../src/core/history/snapshot-upgrades.ts';

/**
 * Writes the types of all data that an output stores into files that never change again: tests compile today's types
 * against them. Run it once for each format of snapshots, and of the records of rollouts; a file that is there stays.
 */
const files = [
  {
    name: 'format',
    format: snapshotFormat,
    roots: [
      ['core/history/snapshot.ts', 'Snapshot'],
      ['core/history/state.ts', 'State'],
      ['core/outputs/directory/records.ts', 'Pointer'],
      ['core/outputs/directory/records.ts', 'Material'],
      ['core/outputs/git/git-landing.ts', 'GitLanding'],
      ['core/history/entry.ts', 'HistoryEntry'],
      ['core/history/journal.ts', 'JournalLine'],
      ['core/plan/saved-plan.ts', 'SavedPlan'],
    ],
  },
  {
    name: 'rollouts',
    format: storedFormat,
    roots: [
      ['core/canary/record/rollout-record.ts', 'RolloutRecord'],
      ['core/canary/record/guard-sight.ts', 'GuardSight'],
      ['core/canary/run/journal-line.ts', 'RolloutJournalLine'],
    ],
  },
] as const;

const root = fileURLToPath(new URL('..', import.meta.url));
const source = `${root}src/`;
const read = ts.readConfigFile(`${root}tsconfig.json`, (file) => ts.sys.readFile(file));
const { options } = ts.parseJsonConfigFileContent(read.config as unknown, ts.sys, root);
const program = ts.createProgram(
  files.flatMap(({ roots }) => roots.map(([file]) => source + file)),
  options,
);
const checker = program.getTypeChecker();
const printer = ts.createPrinter({ removeComments: true });

type Declaration = ts.InterfaceDeclaration | ts.TypeAliasDeclaration;

const found = new Map<string, Declaration>();

function isOurs(node: ts.Node): node is Declaration {
  const isType = ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node);
  return isType && node.getSourceFile().fileName.startsWith(source);
}

/** Adds a declaration and, recursively, all declarations that it names. */
function take(declaration: Declaration): void {
  const name = declaration.name.text;
  const known = found.get(name);
  if (known === declaration) return;
  if (known) throw new Error(`two stored types have the name ${name}`);
  found.set(name, declaration);
  takeNamed(declaration);
}

function takeNamed(node: ts.Node): void {
  ts.forEachChild(node, (child) => {
    // The type of one field of another type is written out, see `text`.
    if (ts.isTypeAliasDeclaration(node) && ts.isIndexedAccessTypeNode(child)) return;
    const name = ts.isTypeReferenceNode(child)
      ? child.typeName
      : ts.isExpressionWithTypeArguments(child)
        ? child.expression
        : undefined;
    const named = name && checker.getSymbolAtLocation(name);
    const symbol = named && named.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(named) : named;
    for (const declaration of symbol?.declarations ?? []) if (isOurs(declaration)) take(declaration);
    takeNamed(child);
  });
}

/** Returns a declaration's source text; a type that is computed from a value or a field becomes the union of its names. */
function text(declaration: Declaration): string {
  const written = printer.printNode(ts.EmitHint.Unspecified, declaration, declaration.getSourceFile());
  const plain = written.replace(/^export /, '');
  const isField = ts.isTypeAliasDeclaration(declaration) && ts.isIndexedAccessTypeNode(declaration.type);
  if (!isField && !/\btypeof\b/.test(plain)) return plain;
  const { NoTruncation, InTypeAlias } = ts.NodeBuilderFlags;
  const type = checker.getTypeAtLocation(declaration);
  const node = checker.typeToTypeNode(type, declaration, NoTruncation | InTypeAlias);
  if (!node) throw new Error(`${declaration.name.text} cannot be written`);
  const shown = printer.printNode(ts.EmitHint.Unspecified, node, declaration.getSourceFile());
  return `type ${declaration.name.text} = ${shown};`;
}

for (const { name: of, format, roots } of files) {
  const place = `${root}test/core/history/stored/${of}-${format.replace('.', '-')}.gen.ts`;
  found.clear();
  for (const [file, name] of roots) {
    const statements = program.getSourceFile(source + file)?.statements ?? [];
    const [declaration] = statements.flatMap((one) => (isOurs(one) && one.name.text === name ? [one] : []));
    if (!declaration) throw new Error(`${file} has no type ${name}`);
    take(declaration);
  }
  const declarations = [...found].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, one]) => text(one));
  const stored = `export interface Stored {\n${roots.map(([, name]) => `  readonly ${name}: ${name};`).join('\n')}\n}`;
  if (existsSync(place)) {
    console.log(`${place} is there already and stays`);
    continue;
  }
  writeFileSync(
    place,
    `// Types of all that is stored, as format ${format} has them. Written by npm run freeze:stored; never changed.\n\n${[stored, ...declarations].join('\n\n')}\n`,
  );
}
