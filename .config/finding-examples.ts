import { readdirSync, readFileSync } from 'node:fs';

/** A document that a finding is about, and one beside it that is right. */
export interface FindingExample {
  readonly bad: string;
  /** Absent if the fixtures have no valid document of the kind. */
  readonly good?: string;
}

const folder = 'fixtures/analyzers';
/** Native files of an import by the code of their finding: their objects belong together, so that a file is shown whole. */
const importFolder = 'fixtures/findings';
/** The most lines of an example; of a longer document, the lines around the finding are shown. */
const mostLines = 24;

/** Returns an example for each code that the fixtures of the analyzers have, from the smallest document. */
export function findingExamples(): ReadonlyMap<string, FindingExample> {
  const examples = new Map<string, FindingExample>();
  for (const name of readdirSync(folder).sort()) {
    const valid = documentsIn(name, 'valid-');
    const invalid = documentsIn(name, 'invalid-').toSorted((a, b) => a.length - b.length);
    const marked = invalid.flatMap((bad) => [...bad.matchAll(/MESH\d{4}/g)].map(([code]) => ({ code, bad })));
    for (const { code, bad } of marked)
      if (!examples.has(code)) examples.set(code, { bad: around(bad, code), ...rightBeside(bad, valid) });
  }
  for (const code of readdirSync(importFolder).sort()) {
    const [bad, good] = ['invalid-', 'valid-'].map((prefix) => filesIn(`${importFolder}/${code}`, prefix)[0]);
    if (bad !== undefined) examples.set(code, { bad, ...(good !== undefined && { good }) });
  }
  return examples;
}

/** Returns the valid document of the same kind that has the most lines in common; none if there is no such document. */
function rightBeside(bad: string, valid: readonly string[]): Pick<FindingExample, 'good'> {
  const [good] = valid.filter((one) => kindOf(one) === kindOf(bad)).sort(byLikeness(bad));
  return good === undefined ? {} : { good: around(good, undefined) };
}

function documentsIn(name: string, prefix: string): readonly string[] {
  return filesIn(`${folder}/${name}`, prefix).flatMap(documentsOf);
}

/** Returns the texts of the files whose names begin with a prefix. */
function filesIn(place: string, prefix: string): readonly string[] {
  return readdirSync(place)
    .filter((file) => file.startsWith(prefix) && file.endsWith('.yaml'))
    .sort()
    .map((file) => readFileSync(`${place}/${file}`, 'utf8'));
}

function documentsOf(text: string): readonly string[] {
  return text.split(/^---.*\n/m).map((document) => `${document.trim()}\n`);
}

function kindOf(document: string): string | undefined {
  return /^kind: *(\w+)/m.exec(document)?.[1];
}

/** Compares documents by the number of lines that they share with another one; the more, the earlier. */
function byLikeness(document: string): (a: string, b: string) => number {
  const lines = new Set(document.split('\n').map(bare));
  const shared = (other: string) => other.split('\n').filter((line) => lines.has(bare(line))).length;
  return (a, b) => shared(b) - shared(a) || a.length - b.length;
}

function bare(line: string): string {
  return line.replace(/ *#.*$/, '').trim();
}

/** Returns a document, or of a long one its head and the lines around the finding. */
function around(document: string, code: string | undefined): string {
  const lines = document.trimEnd().split('\n');
  if (lines.length <= mostLines) return `${lines.join('\n')}\n`;
  const at = code === undefined ? 0 : lines.findIndex((line) => line.includes(code));
  const head = lines.slice(0, 4);
  const start = Math.max(head.length, at - 8);
  const part = lines.slice(start, start + mostLines - head.length);
  const gap = start > head.length ? ['# …'] : [];
  const rest = start + part.length < lines.length ? ['# …'] : [];
  return `${[...head, ...gap, ...part, ...rest].join('\n')}\n`;
}
