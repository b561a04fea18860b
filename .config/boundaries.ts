import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { cruise, type ICruiseResult } from 'dependency-cruiser';
import { boundaryRules } from './boundary-rules.ts';

/**
 * Violations of the rules of `boundary-rules.ts` in a tree, and the files of its `src` that the tool couldn't parse.
 */
export interface Boundaries {
  readonly violations: readonly { readonly rule: string; readonly from: string; readonly to: string }[];
  readonly unseen: readonly string[];
  readonly modules: number;
}

/** Checks the `src` of the tree at `root`. */
export async function checkBoundaries(root: string): Promise<Boundaries> {
  const { output } = await cruise(
    ['src'],
    {
      baseDir: root,
      validate: true,
      ruleSet: { forbidden: boundaryRules.map((rule) => ({ ...rule, severity: 'error' as const })) },
      doNotFollow: { path: '^node_modules/' },
      tsPreCompilationDeps: true,
      preserveSymlinks: true,
    },
    { exportsFields: ['exports'], conditionNames: ['import', 'node', 'types'] },
  );
  const { modules, summary } = output as ICruiseResult;
  const seen = new Set(modules.map((module) => module.source));
  const files = readdirSync(`${root}/src`, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file))
    .map((file) => `src/${file.replaceAll('\\', '/')}`);
  return {
    violations: summary.violations.map(({ rule, from, to }) => ({ rule: rule.name, from, to })),
    unseen: files.filter((file) => !seen.has(file)),
    modules: files.length,
  };
}

if (import.meta.main) {
  const { violations, unseen, modules } = await checkBoundaries(
    fileURLToPath(new URL('..', import.meta.url)),
  );
  for (const { rule, from, to } of violations) {
    const comment = boundaryRules.find(({ name }) => name === rule)?.comment;
    console.error(`${rule}: ${from} -> ${to}${comment ? `\n  ${comment}` : ''}`);
  }
  // A tool that can't read TypeScript would find no violation: fail for each file that it couldn't parse.
  for (const file of unseen) console.error(`not seen: ${file}`);
  if (violations.length + unseen.length > 0) process.exit(1);
  console.log(`${modules} modules keep their boundaries`);
}
