import type { Fix, Related } from '../../core/diagnostics/diagnostic.ts';
import type { Location, Range } from '../../core/location.ts';
import type { Suppressed } from '../../core/suppress/suppressed.ts';
import type { Fingerprinted } from './fingerprints.ts';

/** Data of the run that each result needs. */
interface Surroundings {
  readonly ruleIndex: number;
  readonly level: 'error' | 'warning' | 'note';
  readonly suppression: Suppressed | undefined;
  readonly prefix: string;
}

/** The most places of one result that GitHub shows. */
const mostRelated = 100;

/** One finding as a result (SARIF 2.1.0, 3.27). */
export function sarifResult(
  { diagnostic, identity, fingerprint }: Fingerprinted,
  { ruleIndex, level, suppression, prefix }: Surroundings,
): object {
  const { code, message, location, related, fix } = diagnostic;
  const field = identity.path.join('.');
  return {
    ruleId: code,
    ruleIndex,
    level,
    message: { text: message },
    locations: [
      {
        physicalLocation: physical(location, prefix),
        ...(identity.object !== undefined && {
          logicalLocations: [
            { fullyQualifiedName: [identity.object, field].filter(Boolean).join(' '), kind: 'object' },
          ],
        }),
      },
    ],
    ...(related.length > 0 && {
      relatedLocations: related.slice(0, mostRelated).map((one, id) => relatedLocation(one, id, prefix)),
    }),
    // GitHub compares results by the first name; the second name says how the fingerprint is computed.
    partialFingerprints: { primaryLocationLineHash: fingerprint, 'meshObjectAndField/v1': fingerprint },
    // If one result of a run has suppressions, all results need them (3.27.23): an empty list means none.
    suppressions: suppression === undefined ? [] : [suppressed(suppression, prefix)],
    ...(fix && { fixes: [sarifFix(fix, prefix)] }),
  };
}

function physical(location: Location, prefix: string): object {
  return { artifactLocation: artifact(location.file, prefix), region: region(location.range) };
}

/** Returns a file with its path from the top of the repository; standard input has no such path. */
function artifact(file: string, prefix: string): object {
  if (file === '-') return { uri: 'stdin' };
  const uri = `${prefix}${file}`
    .split('/')
    .map((part) => encodeURIComponent(part.toWellFormed()))
    .join('/');
  return { uri, uriBaseId: '%SRCROOT%' };
}

/** Returns a region; its end is exclusive in SARIF, too. */
function region({ start, end }: Range): object {
  return { startLine: start.line, startColumn: start.column, endLine: end.line, endColumn: end.column };
}

function relatedLocation({ location, message }: Related, id: number, prefix: string): object {
  return { id, physicalLocation: physical(location, prefix), message: { text: message } };
}

function suppressed({ reason, comment }: Suppressed, prefix: string): object {
  return {
    kind: 'inSource',
    justification: reason,
    location: { physicalLocation: physical(comment, prefix) },
  };
}

function sarifFix({ title, edits }: Fix, prefix: string): object {
  const files = [...new Set(edits.map(({ location }) => location.file))];
  return {
    description: { text: title },
    artifactChanges: files.map((file) => ({
      artifactLocation: artifact(file, prefix),
      replacements: edits
        .filter(({ location }) => location.file === file)
        .map(({ location, text }) => ({
          deletedRegion: region(location.range),
          insertedContent: { text },
        })),
    })),
  };
}
