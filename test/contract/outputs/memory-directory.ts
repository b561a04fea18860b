/* eslint-disable @typescript-eslint/require-await -- The interface waits for disks and servers; memory does not. */
import path from 'node:path/posix';
import type { Directory, DirectoryEntry } from '../../../src/ports/directory.ts';
import type { Meter } from './meter.ts';

type Node = { readonly text: string } | { readonly target: string } | { readonly folder: true };

/** A directory in memory that counts every change as a write of the meter. */
export class MemoryDirectory implements Directory {
  readonly path = '/memory';
  private readonly nodes: Map<string, Node>;
  private readonly meter: Meter;
  private readonly permitted: () => Promise<unknown>;

  constructor(
    meter: Meter,
    nodes = new Map<string, Node>(),
    permitted: () => Promise<unknown> = () => Promise.resolve(),
  ) {
    this.meter = meter;
    this.nodes = nodes;
    this.permitted = permitted;
  }

  guarded(permitted: () => Promise<unknown>): Directory {
    return new MemoryDirectory(this.meter, this.nodes, permitted);
  }

  async entries(folder: string): Promise<readonly DirectoryEntry[]> {
    const top = folder === '.' ? '' : `${this.followed(folder)}/`;
    const found = new Map<string, DirectoryEntry>();
    for (const [name, node] of this.nodes) {
      if (!name.startsWith(top)) continue;
      const [first = '', ...rest] = name.slice(top.length).split('/');
      const type = rest.length > 0 || 'folder' in node ? 'folder' : 'target' in node ? 'link' : 'file';
      found.set(first, { name: first, type });
    }
    return [...found.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  async read(file: string): Promise<string | undefined> {
    const node = this.nodes.get(this.followed(file));
    return node && 'text' in node ? node.text : undefined;
  }

  async linkTarget(link: string): Promise<string | undefined> {
    const node = this.nodes.get(link);
    return node && 'target' in node ? node.target : undefined;
  }

  async facts(): Promise<undefined> {
    return undefined;
  }

  async createFile(file: string, text: string): Promise<boolean> {
    await this.permitted();
    if (this.nodes.has(file)) return false;
    this.meter.write(() => this.nodes.set(file, { text }));
    return true;
  }

  async appendFile(file: string, text: string): Promise<void> {
    await this.permitted();
    const before = (await this.read(file)) ?? '';
    const half = text.slice(0, text.length / 2);
    this.meter.write(
      () => this.nodes.set(file, { text: before + text }),
      () => this.nodes.set(file, { text: before + half }),
    );
  }

  async replaceFile(name: string, text: string): Promise<void> {
    await this.permitted();
    const file = this.followed(name);
    // A kill within the write leaves the old file.
    this.meter.write(
      () => {
        this.nodes.delete(`${file}.new`);
        this.nodes.set(file, { text });
      },
      () => this.nodes.set(`${file}.new`, { text: '' }),
    );
  }

  async createFolder(
    folder: string,
    files: readonly { readonly path: string; readonly text: string }[],
  ): Promise<void> {
    this.removeAll(folder);
    for (const { path: within, text } of files)
      this.meter.write(
        () => this.nodes.set(`${folder}/${within}`, { text }),
        () => this.nodes.set(`${folder}/${within}`, { text: '' }),
      );
  }

  async ensureFolder(folder: string): Promise<void> {
    if ((await this.entries(folder)).length > 0) return;
    this.meter.write(() => this.nodes.set(folder, { folder: true }));
  }

  async pointLink(link: string, target: string): Promise<void> {
    await this.permitted();
    this.meter.write(() => this.nodes.set(link, { target }));
  }

  async refuseTracked(): Promise<void> {
    // There is no Git.
  }

  async move(file: string, to: string): Promise<void> {
    await this.permitted();
    const node = this.nodes.get(file);
    if (node === undefined) throw new Error(`no ${file}`);
    this.meter.write(() => {
      this.nodes.delete(file);
      this.nodes.set(to, node);
    });
  }

  async remove(name: string): Promise<void> {
    await this.permitted();
    this.meter.write(() => this.removeAll(name));
  }

  private removeAll(name: string): void {
    for (const one of [...this.nodes.keys()])
      if (one === name || one.startsWith(`${name}/`)) this.nodes.delete(one);
  }

  /** Returns the path with a link at its beginning resolved. */
  private followed(name: string): string {
    for (const link of ['config/current', 'secrets/current']) {
      const node = this.nodes.get(link);
      if (node && 'target' in node && (name === link || name.startsWith(`${link}/`)))
        return path.join(path.dirname(link), node.target, name.slice(link.length));
    }
    return name;
  }
}
