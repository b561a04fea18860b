import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Ir } from '../../../../src/core/ir/ir.ts';
import { decide } from '../../../../src/core/semantics/decide.ts';
import { linkedSources } from '../../../cases/linked-mesh.ts';
import { type Ask, readPage } from './read-page.ts';
import { requestOf } from './request-of.ts';
import { summaryOf } from './summary-of.ts';

const directory = import.meta.dirname;
const language = readFileSync(path.join(directory, '../../../../docs/language.md'), 'utf8').replaceAll(
  /\\(?=[*._[\]])/g,
  '',
);

/**
 * Compares `decide` with the language page alone: meshes, requests and outcomes were written from the page, without
 * reading the code. Each group quotes the sentence of docs/language.md that decides it (`says`), or gives the meaning
 * in other words if the page has no such sentence (`means`).
 */
for (const name of readdirSync(directory)
  .filter((file) => file.endsWith('.yaml'))
  .sort()) {
  describe(`decide as the page says: ${name}`, () => {
    const { groups, sources } = readPage(readFileSync(path.join(directory, name), 'utf8'));
    let linked: Ir | undefined;
    const ir = (): Ir => (linked ??= linkedSources(sources));

    test.each(groups.flatMap(({ says }) => (says === undefined ? [] : [says])))(
      'the page says: %s',
      (says) => {
        expect(language.includes(says)).toBe(true);
      },
    );

    test.each(groups.flatMap(({ asks }) => asks).map((ask): [string, Ask] => [titleOf(ask), ask]))(
      '%s',
      (_title, ask) => {
        const { gives, ...details } = summaryOf(decide(ir(), requestOf(ask)));
        expect(gives).toBe(ask.gives);
        expect(details).toMatchObject(ask.with);
      },
    );
  });
}

function titleOf({ from, at, sni, method, url, headers, claims, gives }: Ask): string {
  const sent = headers.map(([name, value]) => `${name}: ${value}`).join(', ');
  return [
    from,
    ...(at === undefined ? [] : [`at ${at}`]),
    ...(sni === undefined ? [] : [`sni ${sni}`]),
    method,
    url,
    ...(sent === '' ? [] : [sent]),
    ...(claims === undefined ? [] : [JSON.stringify(claims)]),
    `→ ${gives}`,
  ].join(' ');
}
