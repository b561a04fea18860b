import { fileURLToPath, pathToFileURL } from 'node:url';
import {
  CodeActionKind,
  CompletionItemKind,
  createConnection,
  type Diagnostic,
  DiagnosticSeverity,
  ErrorCodes,
  type Location,
  ResponseError,
  type ResponseMessage,
  StreamMessageReader,
  StreamMessageWriter,
  type TextDocumentIdentifier,
  type TextDocumentPositionParams,
  TextDocumentSyncKind,
  type TextEdit,
  type Range as WireRange,
} from 'vscode-languageserver/node';
import { exit } from '../core/exit-code.ts';
import { escapeControl } from '../core/lib/escape-control.ts';
import type { Position, Range } from '../core/location.ts';
import type { Editor, EditorService, FileEdit, FileRange, ShownFinding } from '../ports/editor.ts';
import { PortError } from '../ports/port-error.ts';
import { FramedInput } from './framed-input.ts';

/** Returns the editor at the standard streams, which speaks the Language Server Protocol 3.17. */
export function languageClient(version: string): Editor {
  const input = new FramedInput();
  const reader = new StreamMessageReader(input);
  const writer = new StreamMessageWriter(process.stdout);
  const connection = createConnection(reader, writer);
  return {
    show: (path, findings) => {
      void connection.sendDiagnostics({ uri: uriOf(path), diagnostics: findings.map(wireFinding) });
    },
    tell: (message) => {
      connection.window.showWarningMessage(message);
    },
    serve: (service) =>
      new Promise((resolve, reject) => {
        connection.onInitialize(() => ({
          serverInfo: { name: 'mesh', version },
          capabilities: {
            textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Full, save: true },
            definitionProvider: true,
            referencesProvider: true,
            renameProvider: { prepareProvider: true },
            hoverProvider: true,
            completionProvider: { triggerCharacters: [' ', ':', '/', '[', '{'] },
            codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix] },
          },
        }));
        answer(connection, service);
        connection.onExit(() => {
          resolve();
        });
        input.once('end', () => {
          resolve();
          endSoon();
        });
        input.once('error', ({ message }) => {
          process.stdin.destroy();
          const says = `${message}: an editor speaks the Language Server Protocol with mesh lsp`;
          reject(new PortError(says, exit.failed));
          endSoon();
        });
        reader.onError((error) => {
          if (!(error instanceof SyntaxError)) return;
          const problem = { code: ErrorCodes.ParseError, message: `no JSON: ${error.message}` };
          const response: ResponseMessage = { jsonrpc: '2.0', id: null, error: problem };
          void writer.write(response);
        });
        connection.listen();
        process.stdin.pipe(input);
      }),
  };
}

/** The milliseconds that the rest of the command gets after the end of the input. */
const untilEnd = 500;

/** Ends this process even if timers of the connection, such as the one that looks for the editor's process, go on. */
function endSoon(): void {
  setTimeout(() => process.exit(), untilEnd).unref();
}

type Connection = ReturnType<typeof createConnection>;

function answer(connection: Connection, service: EditorService): void {
  connection.onDidOpenTextDocument(({ textDocument: { uri, text } }) => {
    service.changed(pathOf(uri), text);
  });
  connection.onDidChangeTextDocument(({ textDocument: { uri }, contentChanges }) => {
    const text = contentChanges.at(-1)?.text;
    if (text !== undefined) service.changed(pathOf(uri), text);
  });
  connection.onDidCloseTextDocument(({ textDocument: { uri } }) => {
    service.closed(pathOf(uri));
  });
  connection.onDidSaveTextDocument(() => {
    service.filesChanged();
  });
  connection.onDidChangeWatchedFiles(() => {
    service.filesChanged();
  });
  connection.onDefinition(async (asked) => (await service.definitions(...placeOf(asked))).map(wireLocation));
  connection.onReferences(async (asked) => (await service.references(...placeOf(asked))).map(wireLocation));
  connection.onPrepareRename(async (asked) => {
    const found = await service.renamed(...placeOf(asked));
    return found === undefined ? null : wireRange(found.range);
  });
  connection.onRenameRequest(async (asked) => {
    const { newName } = asked;
    if (typeof newName !== 'string') throw invalid('newName is no text');
    const edits = await service.rename(...placeOf(asked), newName);
    if (typeof edits === 'string') return new ResponseError(ErrorCodes.InvalidParams, edits);
    return { changes: wireEdits(edits) };
  });
  connection.onHover(async (asked) => {
    const found = await service.hover(...placeOf(asked));
    if (found === undefined) return null;
    return { contents: { kind: 'markdown', value: found.markdown }, range: wireRange(found.range) };
  });
  connection.onCompletion(async (asked) => {
    const offered = await service.suggestions(...placeOf(asked));
    return offered.map(({ word, description, is, range }) => ({
      label: word,
      kind: kinds[is],
      documentation: description,
      textEdit: { range: wireRange(range), newText: is === 'field' ? `${word}: ` : word },
    }));
  });
  connection.onCodeAction(async ({ textDocument, range }) => {
    const offered = await service.fixes(pathOf(uriIn(textDocument)), ownRange(range));
    return offered.map(({ title, finding, edits }) => ({
      title,
      kind: CodeActionKind.QuickFix,
      diagnostics: [wireFinding(finding)],
      edit: { changes: wireEdits(edits) },
    }));
  });
}

const kinds = {
  field: CompletionItemKind.Field,
  word: CompletionItemKind.EnumMember,
  name: CompletionItemKind.Reference,
} as const;

const severities = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  info: DiagnosticSeverity.Information,
} as const;

function wireFinding({ code, severity, message, range, related }: ShownFinding): Diagnostic {
  return {
    source: 'mesh',
    code,
    severity: severities[severity],
    message: escapeControl(message),
    range: wireRange(range),
    relatedInformation: related.map((place) => ({
      location: wireLocation(place),
      message: escapeControl(place.message),
    })),
  };
}

function wireLocation({ path, range }: FileRange): Location {
  return { uri: uriOf(path), range: wireRange(range) };
}

function wireEdits(edits: readonly FileEdit[]): Record<string, TextEdit[]> {
  const changes: Record<string, TextEdit[]> = {};
  for (const { path, range, text } of edits) {
    const list = (changes[uriOf(path)] ??= []);
    list.push({ range: wireRange(range), newText: text });
  }
  return changes;
}

/** The protocol counts lines and characters from 0. */
function wireRange({ start, end }: Range): WireRange {
  return {
    start: { line: start.line - 1, character: start.column - 1 },
    end: { line: end.line - 1, character: end.column - 1 },
  };
}

/** Returns the path and position of a request. The types are those that the protocol promises, not what came. */
function placeOf({ textDocument, position }: TextDocumentPositionParams): readonly [string, Position] {
  return [pathOf(uriIn(textDocument)), ownPosition(position)];
}

function uriIn(textDocument: Partial<TextDocumentIdentifier> | undefined): string {
  const uri: unknown = textDocument?.uri;
  if (typeof uri !== 'string') throw invalid('textDocument.uri is no text');
  return uri;
}

function invalid(problem: string): ResponseError {
  return new ResponseError(ErrorCodes.InvalidParams, problem);
}

function ownPosition(position: Partial<WireRange['start']> | undefined): Position {
  const { line, character } = position ?? {};
  if (!isCount(line) || !isCount(character))
    throw invalid('a position needs the whole numbers line and character');
  return { line: line + 1, column: character + 1 };
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}

function ownRange(range: Partial<WireRange> | undefined): Range {
  return { start: ownPosition(range?.start), end: ownPosition(range?.end) };
}

function uriOf(path: string): string {
  return pathToFileURL(path).href;
}

/** Returns the path of a file; the URI itself if it names no file, such as a text that was never saved. */
function pathOf(uri: string): string {
  if (!uri.startsWith('file:')) return uri;
  try {
    return fileURLToPath(uri);
  } catch {
    throw invalid('textDocument.uri names no file of this machine');
  }
}
