import { createHash } from 'node:crypto';
import { lstatSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';

/**
 * Returns all files of an output by path, with their modes, for a comparison byte for byte, without parts that differ
 * between equal runs. It leaves out ids (replaced by their position in the history), times, epochs (also in names of
 * folders), keys and certificates (except their names, subjects and places), the numbers of resumes and of runs without
 * changes, the lock and leftovers of replacing it, and the journal except its end.
 */
export function remembered(output: string): Readonly<Record<string, string>> {
  const ids = readdirSync(path.join(output, '.mesh/history'))
    .map((name) => name.replace('.json', ''))
    .sort();
  const plain = (text: string): string => plainText(text, ids);
  const found: Record<string, string> = {};
  for (const file of readdirSync(output, { recursive: true, encoding: 'utf8' }).sort()) {
    if (/^\.mesh\/lock\.\d+\.new$/.test(file)) continue;
    const full = path.join(output, file);
    const status = lstatSync(full);
    const name = plain(file);
    const mode = (status.mode & 0o777).toString(8);
    if (status.isSymbolicLink()) found[name] = `-> ${plain(readlinkSync(full))}`;
    else if (status.isDirectory()) found[name] = `folder ${mode}`;
    else found[name] = `${mode} ${contentOf(file, full, plain)}`;
  }
  return found;
}

/** Returns all files that proxies read, without keys and certificates. */
export function served(output: string): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(remembered(output)).filter(([file]) => !file.startsWith('.mesh')));
}

function contentOf(file: string, full: string, plain: (text: string) => string): string {
  if (/^\.mesh\/lock\./.test(file)) return 'lock';
  if (file.startsWith('secrets/')) return subjects(readFileSync(full, 'utf8'));
  if (file.endsWith('.gz')) return sha256(gunzipSync(readFileSync(full)));
  const text = readFileSync(full, 'utf8');
  if (/^\.mesh\/journal\./.test(file))
    return /"outcome":"\w+"/.exec(text.trim().split('\n').at(-1) ?? '')?.[0] ?? 'open';
  return file.startsWith('.mesh/') ? plain(text) : sha256(text);
}

function plainText(text: string, ids: readonly string[]): string {
  return (
    text
      .replace(/[0-9A-HJKMNP-TV-Z]{26}/g, (id) => `run ${ids.indexOf(id)}`)
      .replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'time')
      .replace(/\b0\d{5}-(make|switch|break|end)/g, 'epoch-$1')
      // A repair writes the last revision again.
      .replace(/\b0\d{5}-repair/g, 'epoch-break')
      .replace(/^(\.mesh\/(journal|lock))\.\d+/, '$1')
      .replace(/"epoch": \d+/, '"epoch": n')
      .replace(/"fingerprint": "[0-9a-f]{64}"/g, '"fingerprint"')
      .replace(/"checksum": "[0-9a-f]{64}"/g, '"checksum"')
      .replace(/\n *"resumed": \d+,/, '')
      .replace(/,\n *"unchanged": \{[^}]*\}/, '')
  );
}

/** Returns the kinds of a material file's parts, since its content is new each time. */
function subjects(text: string): string {
  const { resources } = JSON.parse(text) as { readonly resources: readonly { readonly name: string }[] };
  return resources.map(({ name }) => name).join();
}

function sha256(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}
