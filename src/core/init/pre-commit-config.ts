import type { ProjectFile } from './project-file.ts';

/** Returns the configuration of pre-commit (https://pre-commit.com) for a mesh in a folder of the repository. */
export function hooksFile(prefix: string): ProjectFile {
  const repository = `  - repo: local # mesh itself has to be on the PATH\n    hooks:\n${hooks(prefix)}`;
  return {
    file: '.pre-commit-config.yaml',
    text: `# https://pre-commit.com: 'pre-commit install' makes Git run it\nrepos:\n${repository}`,
    missingFrom: (text) =>
      text.includes(validateEntry(prefix)) ? undefined : { advice: 'Add to its repos:', lines: repository },
  };
}

function validateEntry(prefix: string): string {
  return `entry: ${yamlText(`mesh validate --staged${prefix === '' ? '' : ` --root ${shellWord(folderOf(prefix))}`}`)}`;
}

function hooks(prefix: string): string {
  const below = prefix === '' ? '' : `        files: ${yamlText(`^${patternOf(prefix)}`)}\n`;
  return `      - id: mesh-validate
        name: mesh validate
        ${validateEntry(prefix)} # what the commit would hold, not what lies in the working tree
        language: system
        pass_filenames: false # a change in one file can break another
${below}        types: [yaml]
      - id: mesh-fmt
        name: mesh fmt
        entry: mesh fmt
        language: system
${below}        types: [yaml]
      - id: mesh-no-private-keys
        name: mesh keys check
        entry: mesh keys check --staged # in files of any kind
        language: system
`;
}

/** Returns the folder of a prefix as an argument, without the slash and never taken for an option. */
function folderOf(prefix: string): string {
  const folder = prefix.replace(/\/$/, '');
  return folder.startsWith('-') ? `./${folder}` : folder;
}

/** Returns a text as one word of an entry, which pre-commit splits as a POSIX shell does. */
function shellWord(text: string): string {
  return /^[\w./@%+-]+$/.test(text) ? text : `'${text.replaceAll("'", `'"'"'`)}'`;
}

/** Returns a Python pattern that matches exactly this text. */
function patternOf(text: string): string {
  return text.replace(/[^\w/-]/g, (character) => (/[ -~]/.test(character) ? `\\${character}` : character));
}

/** Returns a text as a YAML scalar, without quotes if it has no special characters. */
function yamlText(text: string): string {
  return /^[\w^][\w ./^-]*$/.test(text) ? text : JSON.stringify(text);
}
