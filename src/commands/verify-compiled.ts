import { compileParts } from '../core/compile.ts';
import { type Verified, verifyOutput } from '../core/import/verify/verify-output.ts';
import type { Spec } from '../core/spec/spec.ts';
import type { Console } from '../ports/console.ts';
import { palette } from '../ui/palette.ts';
import { verifiedText } from '../ui/verified-text.ts';
import type { Compiling } from './write-compiled.ts';

/**
 * Reads the output of each compiled target back, and shows on standard error whether it decides every request as the spec does.
 * Returns true if all outputs do.
 */
export async function verifyCompiled(spec: Spec, compiling: Compiling, console: Console): Promise<boolean> {
  const { ir, targets } = compiling;
  let isEqual = true;
  for (const target of targets) {
    const load = target.target.reader;
    const { name } = target.config;
    const verified = load === undefined ? undefined : await verify();
    console.error(verifiedText(name, target.target.title, verified, palette(console.errorColour)));
    isEqual &&= verified?.isEqual === true;

    async function verify(): Promise<Verified | undefined> {
      if (load === undefined) return undefined;
      const reader = (await load()).default;
      const sources = [...compileParts(ir, target, compiling)].flatMap(({ files }) =>
        files.map(({ path, text }) => ({ file: `${name}/${path}`, bytes: new TextEncoder().encode(text) })),
      );
      return verifyOutput({ ir, spec }, sources, reader, target.loss);
    }
  }
  return isEqual;
}
