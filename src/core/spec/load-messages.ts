import { defineMessages } from '../diagnostics/message.ts';

/** Messages about files and documents of a spec, from checks that precede the check of fields. */
export const messages = defineMessages({
  MESH1020: {
    severity: 'error',
    text: 'the file is larger than 32 MiB and was not read{detail}',
    explanation:
      'A file of the spec may have 32 MiB. Larger ones are data or a mistake: split the file, or name it in `spec.exclude` of mesh.yaml if it is not part of the spec.',
  },
  MESH1021: {
    severity: 'error',
    text: 'the symbolic link leads out of the repository and was not followed{detail}',
    explanation:
      'The spec consists only of files below the root (the folder of mesh.yaml): a file outside is not reviewed with the spec and is missing on other machines. Copy the file into the repository, or name the link in `spec.exclude`.',
  },
  MESH1022: {
    severity: 'error',
    text: 'this is not a regular file and was not read{detail}',
    explanation:
      'Folders, pipes, sockets and devices with the name of a YAML file cannot be part of a spec. Rename the file, or name it in `spec.exclude`.',
  },
  MESH1023: {
    severity: 'error',
    text: 'the file cannot be read{detail}',
    explanation:
      'The operating system or Git refused to read the file; the message quotes them. Usual causes are missing rights, or a symbolic link to a missing file. Without the file the spec would have another meaning, so the command stops.',
  },
  MESH1024: {
    severity: 'error',
    text: 'there is no environment {name}{hint}',
    explanation:
      'The overlays of an environment are the files below `environments/NAME/`; there are none for this name. Correct the name, or create the folder with a first overlay.',
  },
  MESH1025: {
    severity: 'error',
    text: 'the environment name "default" is reserved',
    explanation:
      '`default` stands for the base documents alone, which hold without `--env`. Leave `--env` out, or give the folder below `environments/` another name.',
  },
  MESH1060: {
    severity: 'error',
    text: 'a document inside a list is not read: write it as a document of its own, after a line ---',
    explanation:
      'A file of the spec holds documents one after the other, separated by lines of `---`. A list of documents (`kind: List`, or lines that begin with `- apiVersion:`) would be skipped like any other YAML and have no effect. Take each document out of the list, or name the file in `spec.exclude`.',
  },
  MESH1120: {
    severity: 'error',
    text: 'apiVersion {found} is not known; this program reads mesh/v1',
    explanation:
      'The kind is one of the mesh language, and the version is one that this program does not know: with it the document would be skipped like any other YAML and have no effect. Correct it to `mesh/v1`, use a newer `mesh`, or name the file in `spec.exclude` if another program reads it.',
  },
  MESH1121: {
    severity: 'error',
    text: 'there is no kind {found}{hint}',
    explanation:
      'A document of the mesh language is one of: Mesh, Service, Route, Access, Authentication, Gateway, External, Rollout, Profile, Guardrail. Upper and lower case count.',
  },
  MESH1122: {
    severity: 'error',
    text: 'apiVersion is missing: write apiVersion: mesh/v1',
    explanation:
      'The document looks like one of the mesh language, but without `apiVersion: mesh/v1` it would be skipped like any other YAML and have no effect. Add the line, or name the file in `spec.exclude`.',
  },
  MESH1123: {
    severity: 'error',
    text: 'not a document of the mesh language: {found}',
    explanation:
      '`--strict-files` was given: every YAML document below the root has to belong to the spec. Without it, documents of other kinds, such as Kubernetes manifests, are skipped. Move the file, or name it in `spec.exclude` of mesh.yaml.',
  },
  MESH1130: {
    severity: 'error',
    text: '{kind} {name} is written twice',
    explanation:
      'Documents are unique by kind, namespace and name. Delete or rename one of the two. What differs between environments belongs below `environments/NAME/`, where a document of the same name is merged over the base.',
  },
  MESH1131: {
    severity: 'error',
    text: 'there is no Mesh document',
    explanation:
      'The root of a spec is the folder with mesh.yaml, and mesh.yaml holds the one document of kind Mesh. `mesh init` writes a first one.',
  },
  MESH1132: {
    severity: 'error',
    text: 'a Mesh has to stand in mesh.yaml, and there is only one',
    explanation:
      'mesh.yaml at the root holds the one Mesh document. With a second one, or one in another file, it would be unclear which of them holds. Move its fields into mesh.yaml. For another mesh in the same repository make a folder with a mesh.yaml of its own; for another environment write an overlay with the same name below `environments/NAME/`.',
  },
  MESH1140: {
    severity: 'warning',
    text: '{key}: null deletes nothing, there is no such field in the base',
    explanation:
      'In an overlay, null deletes a field of the base document. The base has no such field, so the line has no effect; the name is probably misspelt, or the base has changed.',
  },
  MESH1141: {
    severity: 'warning',
    text: 'spec: null deletes nothing, there is no {kind} {name} in the base',
    explanation:
      'In an overlay, `spec: null` deletes the whole base document of that kind, namespace and name. The base has no such document; the name is probably misspelt, or the base has changed.',
  },
  MESH2410: {
    severity: 'info',
    text: 'the file is skipped: it {why}, and it has no apiVersion: mesh/v1',
    explanation:
      'Files below the root that are not of the mesh language are skipped, also those that are no YAML, such as the templates of a Helm chart. A file with `apiVersion: mesh/v1` in it is never skipped. Nothing has to be done; a glob in `spec.exclude` of mesh.yaml, such as `charts/**`, makes the message go away, and `--strict-files` makes it an error.',
  },
});
