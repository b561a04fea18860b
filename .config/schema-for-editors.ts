import { firstSentence } from '../src/core/lib/first-sentence.ts';
import { flow } from '../src/core/lib/flow.ts';
import { targets } from '../src/core/targets/registry.ts';
import { descriptionOf, mapSchema, type Schema } from './schemas.ts';

/**
 * Returns the schema of all kinds in the form that yaml-language-server understands best: with the meaning of patterns
 * (`patternErrorMessage`), words of conditions as `defaultSnippets`, the options of each platform, and examples of maps
 * and lists in the description, where the server would offer them as `[object Object]`.
 */
export async function schemaForEditors(schema: Schema): Promise<string> {
  const { Target, ...others } = schema['$defs'] as Readonly<Record<string, Schema>>;
  const all = { ...schema, $defs: { ...others, Target: { ...Target, allOf: await optionsByPlatform() } } };
  return `${JSON.stringify(mapSchema(all, forEditors))}\n`;
}

function forEditors(schema: Schema): Schema {
  const { examples, default: usual, ...rest } = schema;
  const given = Array.isArray(examples) ? (examples as readonly unknown[]) : [];
  const scalars = given.filter(isScalar);
  const maps = given.filter((example) => !isScalar(example)).slice(0, 2);
  const description = descriptionOf(schema);
  const pattern = typeof schema['pattern'] === 'string' && description !== '';
  const words = [schema['then'], schema['else']].flatMap((part) => wordsOf(part));
  return {
    ...rest,
    ...(isScalar(usual) && { default: usual }),
    ...(scalars.length > 0 && { examples: scalars }),
    ...(maps.length > 0 && {
      markdownDescription: `${description}\n\n\`\`\`yaml\n${maps.map(flow).join('\n')}\n\`\`\``,
    }),
    ...(pattern && { patternErrorMessage: firstSentence(description) }),
    ...(words.length > 0 && { defaultSnippets: words.map((word) => ({ label: word, body: word })) }),
  };
}

function isScalar(value: unknown): boolean {
  return ['string', 'number', 'boolean'].includes(typeof value);
}

/** Returns the words that a part of a condition lists, which the server doesn't offer. */
function wordsOf(part: unknown): readonly string[] {
  if (typeof part !== 'object' || part === null) return [];
  const { enum: listed, then, else: otherwise } = part as Schema;
  const own = Array.isArray(listed) ? listed.map(String) : [];
  return [...own, ...wordsOf(then), ...wordsOf(otherwise)];
}

/** Returns a condition for each platform with options: it gives `options` the schema of the platform. */
async function optionsByPlatform(): Promise<readonly Schema[]> {
  const found: Schema[] = [];
  for (const [platform, load] of Object.entries(targets)) {
    const { default: target } = await load();
    const options = 'optionsSchema' in target ? target.optionsSchema : undefined;
    if (options === undefined) continue;
    found.push({
      if: { properties: { platform: { const: platform } }, required: ['platform'] },
      then: { properties: { options } },
    });
  }
  return found;
}
