import type { Imported } from '../core/import/import-mesh.ts';
import type { Missing } from '../core/init/project-file.ts';
import { placeholderContext } from '../core/init/starter-documents.ts';
import { escapeControl } from '../core/lib/escape-control.ts';
import type { Spec } from '../core/spec/spec.ts';
import { ledgerText } from './import/ledger-text.ts';
import type { Palette } from './palette.ts';
import { type Validated, validateText } from './validate-text.ts';
import { wrap } from './wrap.ts';

/** The findings of `init` in the mesh that it completed. */
export interface Begun extends Validated {
  /** Absent when an error makes the spec unusable. */
  readonly spec?: Spec;
  /** The native configuration that the mesh starts from, with the platform that was read. */
  readonly native?: {
    readonly from: string;
    readonly imported: Imported;
    /** Number of findings in it that fail the command. */
    readonly failing: number;
  };
}

/** An existing file that `init` left unchanged, and the part that the file lacks. */
export interface LeftFile {
  readonly file: string;
  readonly missing: Missing;
}

/** Returns the report of `init`: the written files, the findings, and the next step. */
export function initText(
  written: readonly string[],
  begun: Begun,
  left: readonly LeftFile[],
  palette: Palette,
  columns: number,
): string {
  const files = written.map(escapeControl).join(', ');
  const head = files === '' ? 'nothing was missing' : `wrote ${files}`;
  const answer = `${wrap(head, columns, '  ')}\n${validateText(begun, palette, columns)}${left.map((one) => addition(one, columns)).join('')}`;
  const { native } = begun;
  const read = native === undefined ? '' : ledgerText(native.from, native.imported, palette, columns);
  const steps = nextSteps(begun).map(
    ([command = '', does = '']) => `  ${command}\n${wrap(`      ${does}`, columns, '      ')}\n`,
  );
  return `${read}${answer}\nNext:\n${steps.join('')}`;
}

function addition({ file, missing: { advice, lines } }: LeftFile, columns: number): string {
  const said = wrap(
    `${escapeControl(file)} is there already and was left as it is. ${advice}`,
    columns,
    '  ',
  );
  return `\n${said}\n${lines === undefined ? '' : lines.split('\n').map(escapeControl).join('\n')}`;
}

/** Returns the next steps; with errors those that lead out of them. */
function nextSteps(begun: Begun): readonly (readonly string[])[] {
  const { valid, native } = begun;
  const failing = native?.failing ?? 0;
  const lost = [
    `look at the ${failing === 1 ? 'error' : `${String(failing)} errors`} in the configuration that was read`,
    'the mesh lacks what the configuration says there: write it into the documents by hand; or change the configuration, and start again in an empty folder',
  ];
  const check = ['mesh validate', 'shows the errors of the mesh again, after each change'];
  if (!valid) return failing > 0 ? [lost, check] : [check];
  const steps = native === undefined ? next(begun) : nextOfImport(begun);
  return failing > 0 ? [lost, ...steps] : steps;
}

/** Returns the commands that follow an import: plain Kubernetes has no target yet. */
function nextOfImport({ spec }: Begun): readonly (readonly string[])[] {
  const [name] = Object.keys(spec?.mesh.value.spec.targets ?? {});
  const target = ['edit mesh.yaml', 'add a target: the mesh that the services are to run on'];
  const verify = [
    'mesh compile --verify --out out',
    `writes the objects of ${name ?? ''}, and proves that they mean what the mesh means`,
  ];
  return [
    name === undefined ? target : verify,
    ['mesh targets --used', 'how far each platform keeps what the mesh uses'],
    ['mesh validate', 'checks the mesh again after each change'],
  ];
}

function next({ spec }: Begun): readonly (readonly string[])[] {
  const hasHello = spec?.services.some(({ namespace, name }) => namespace === 'default' && name === 'hello');
  const first = hasHello
    ? [
        'mesh explain request --from web --to hello GET /',
        'what happens to a call, and which lines decide it',
      ]
    : ['mesh validate', 'checks the mesh again after each change'];
  const targets = Object.values(spec?.mesh.value.spec.targets ?? {});
  const hasEnvoys = targets.some(({ platform }) => platform === 'envoy');
  const certificates = ['mesh certs init', 'makes the certificates that calls are verified with'];
  const isMarked = targets.some(({ output }) => output?.kubernetes?.context === placeholderContext);
  const marks = [
    'edit mesh.yaml',
    'CHANGE marks the lines that are yours: the cluster and the version of its mesh',
  ];
  return [
    first,
    ...(isMarked ? [marks] : []),
    ...(hasEnvoys ? [certificates] : []),
    ['mesh apply', `shows what would be written for ${hasEnvoys ? 'the Envoys' : 'the mesh'}, and writes it`],
    ...(hasEnvoys
      ? [['mesh up', 'runs the Envoys on this machine, and a service that answers for hello']]
      : []),
  ];
}
