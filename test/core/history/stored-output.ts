import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';

interface StoredOutput {
  readonly files: Readonly<Record<string, string>>;
  readonly links: Readonly<Record<string, string>>;
  readonly compressed: Readonly<Record<string, string>>;
}

/** Writes an output as an older `mesh` left it: every later release must be able to read it. */
export function putStoredOutput(folder: string, output: 'mesh-0.1.0' | 'mesh-0.1.0-stopped'): void {
  const kept = new URL(`stored/${output}.json`, import.meta.url);
  const { files, links, compressed } = JSON.parse(readFileSync(kept, 'utf8')) as StoredOutput;
  const place = (file: string): string => {
    const full = path.join(folder, file);
    mkdirSync(path.dirname(full), { recursive: true });
    return full;
  };
  for (const [file, text] of Object.entries(files)) writeFileSync(place(file), text);
  for (const [file, text] of Object.entries(compressed)) writeFileSync(place(file), gzipSync(text));
  for (const [file, target] of Object.entries(links)) symlinkSync(target, place(file));
}
