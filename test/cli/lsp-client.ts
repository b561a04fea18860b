import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { onTestFinished } from 'vitest';

const bin = fileURLToPath(new URL('../../bin/mesh.js', import.meta.url));

/** A message of JSON-RPC 2.0. */
interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly params?: unknown;
  readonly result?: unknown;
  readonly error?: { readonly code: number; readonly message: string };
}

/** An editor's side of the Language Server Protocol (3.17, base protocol), over the streams of a process. */
export class LspClient {
  readonly #process: ChildProcessWithoutNullStreams;
  readonly #waiting = new Map<number, (message: Message) => void>();
  readonly #listeners = new Set<(message: Message) => void>();
  #buffer = Buffer.alloc(0);
  #last = 0;
  readonly root: string;
  /** The exit code, once the process has ended. */
  readonly ended: Promise<number | null>;
  /** Text on standard error. */
  errors = '';

  constructor(
    root: string,
    [program, ...args]: readonly [string, ...string[]] = [process.execPath, bin, 'lsp'],
  ) {
    this.root = root;
    this.#process = spawn(program, args, { cwd: root });
    this.ended = new Promise((resolve) => this.#process.once('exit', resolve));
    this.#process.stdout.on('data', (bytes: Buffer) => this.#take(bytes));
    this.#process.stderr.on('data', (bytes: Buffer) => (this.errors += bytes.toString()));
    onTestFinished(() => void this.#process.kill('SIGKILL'));
  }

  async initialize(capabilities: object = {}): Promise<unknown> {
    const rootUri = this.uri('');
    const result = await this.request('initialize', { processId: process.pid, rootUri, capabilities });
    this.notify('initialized', {});
    return result;
  }

  uri(file: string): string {
    return pathToFileURL(path.join(this.root, file)).href;
  }

  /** Opens a file with a text; returns the findings that the server shows for it next. */
  open(file: string, text: string): Promise<readonly Finding[]> {
    const shown = this.findings(file);
    this.notify('textDocument/didOpen', {
      textDocument: { uri: this.uri(file), languageId: 'yaml', version: 1, text },
    });
    return shown;
  }

  change(file: string, text: string, version: number): void {
    this.notify('textDocument/didChange', {
      textDocument: { uri: this.uri(file), version },
      contentChanges: [{ text }],
    });
  }

  /** Returns the findings that the server shows next for a file and that satisfy a condition. */
  findings(
    file: string,
    isMeant: (list: readonly Finding[]) => boolean = () => true,
  ): Promise<readonly Finding[]> {
    const uri = this.uri(file);
    return new Promise((resolve) => {
      const listener = ({ method, params }: Message): void => {
        const shown = params as { readonly uri: string; readonly diagnostics: readonly Finding[] };
        if (method !== 'textDocument/publishDiagnostics' || shown.uri !== uri || !isMeant(shown.diagnostics))
          return;
        this.#listeners.delete(listener);
        resolve(shown.diagnostics);
      };
      this.#listeners.add(listener);
    });
  }

  /** Asks about a position, given as `line:character` from 0. */
  at(method: string, file: string, [line, character]: readonly [number, number], more: object = {}) {
    const textDocument = { uri: this.uri(file) };
    return this.request(`textDocument/${method}`, { textDocument, position: { line, character }, ...more });
  }

  async request(method: string, params: unknown): Promise<unknown> {
    const id = ++this.#last;
    const { result, error } = await new Promise<Message>((resolve) => {
      this.#waiting.set(id, resolve);
      this.#send({ id, method, params });
    });
    if (error !== undefined) throw Object.assign(new Error(error.message), { code: error.code });
    return result;
  }

  notify(method: string, params: unknown): void {
    this.#send({ method, params });
  }

  /** Sends bytes as they are. */
  write(text: string): void {
    this.#process.stdin.write(text);
  }

  /** Ends the input of the server. */
  end(): void {
    this.#process.stdin.end();
  }

  /** Returns the next message that answers no request by its number. */
  stray(): Promise<Message> {
    return new Promise((resolve) => {
      const listener = (message: Message): void => {
        if (message.method !== undefined || typeof message.id === 'number') return;
        this.#listeners.delete(listener);
        resolve(message);
      };
      this.#listeners.add(listener);
    });
  }

  #send(message: Message): void {
    const text = JSON.stringify({ jsonrpc: '2.0', ...message });
    this.#process.stdin.write(`Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`);
  }

  #take(bytes: Buffer): void {
    this.#buffer = Buffer.concat([this.#buffer, bytes]);
    for (;;) {
      const end = this.#buffer.indexOf('\r\n\r\n');
      if (end < 0) return;
      const length = Number(/Content-Length: (\d+)/i.exec(this.#buffer.subarray(0, end).toString())?.[1]);
      const start = end + 4;
      if (this.#buffer.length < start + length) return;
      const message = JSON.parse(this.#buffer.subarray(start, start + length).toString()) as Message;
      this.#buffer = this.#buffer.subarray(start + length);
      this.#receive(message);
    }
  }

  #receive(message: Message): void {
    const { id, method } = message;
    if (method === undefined) this.#waiting.get(id ?? -1)?.(message);
    // The server asks for settings and capabilities: this editor has none.
    else if (id !== undefined) this.#send({ id, result: null });
    for (const listener of [...this.#listeners]) listener(message);
  }
}

/** A diagnostic of the protocol. */
export interface Finding {
  readonly code: string;
  readonly message: string;
  readonly range: { readonly start: { readonly line: number; readonly character: number } };
}
