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
  StreamMessageReader,
  StreamMessageWriter,
  TextDocumentSyncKind,
  type TextEdit,
  type Range as WireRange,
} from 'vscode-languageserver/node';
import { escapeControl } from '../core/lib/escape-control.ts';
import type { Position, Range } from '../core/location.ts';
import type { Editor, EditorService, FileEdit, FileRange, ShownFinding } from '../ports/editor.ts';

/** Returns the editor at the standard streams, which speaks the Language Server Protocol 3.17. */
export function languageClient(version: string): Editor {
  const connection = createConnection(
    new StreamMessageReader(process.stdin),
    new StreamMessageWriter(process.stdout),
  );
  return {
    show: (path, findings) => {
      void connection.sendDiagnostics({ uri: uriOf(path), diagnostics: findings.map(wireFinding) });
    },
    tell: (message) => {
      connection.window.showWarningMessage(message);
    },
    serve: (service) =>
      new Promise((resolve) => {
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
        process.stdin.once('end', () => {
          resolve();
        });
        connection.listen();
      }),
  };
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
  connection.onDefinition(async ({ textDocument: { uri }, position }) =>
    (await service.definitions(pathOf(uri), ownPosition(position))).map(wireLocation),
  );
  connection.onReferences(async ({ textDocument: { uri }, position }) =>
    (await service.references(pathOf(uri), ownPosition(position))).map(wireLocation),
  );
  connection.onPrepareRename(async ({ textDocument: { uri }, position }) => {
    const found = await service.renamed(pathOf(uri), ownPosition(position));
    return found === undefined ? null : wireRange(found.range);
  });
  connection.onRenameRequest(async ({ textDocument: { uri }, position, newName }) => {
    const edits = await service.rename(pathOf(uri), ownPosition(position), newName);
    if (typeof edits === 'string') return new ResponseError(ErrorCodes.InvalidParams, edits);
    return { changes: wireEdits(edits) };
  });
  connection.onHover(async ({ textDocument: { uri }, position }) => {
    const found = await service.hover(pathOf(uri), ownPosition(position));
    if (found === undefined) return null;
    return { contents: { kind: 'markdown', value: found.markdown }, range: wireRange(found.range) };
  });
  connection.onCompletion(async ({ textDocument: { uri }, position }) => {
    const offered = await service.suggestions(pathOf(uri), ownPosition(position));
    return offered.map(({ word, description, is, range }) => ({
      label: word,
      kind: kinds[is],
      documentation: description,
      textEdit: { range: wireRange(range), newText: is === 'field' ? `${word}: ` : word },
    }));
  });
  connection.onCodeAction(async ({ textDocument: { uri }, range }) => {
    const offered = await service.fixes(pathOf(uri), ownRange(range));
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

function ownPosition({ line, character }: WireRange['start']): Position {
  return { line: line + 1, column: character + 1 };
}

function ownRange({ start, end }: WireRange): Range {
  return { start: ownPosition(start), end: ownPosition(end) };
}

function uriOf(path: string): string {
  return pathToFileURL(path).href;
}

/** Returns the path of a file; the URI itself if it names no file, such as a text that was never saved. */
function pathOf(uri: string): string {
  return uri.startsWith('file:') ? fileURLToPath(uri) : uri;
}
