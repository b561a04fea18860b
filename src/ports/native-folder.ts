import type { SourceSet } from '../core/source/source.ts';

/**
 * Returns the YAML and JSON files of a file or folder that the user named, sorted by name; names begin with the name that the
 * user wrote. Links that lead out of the folder are not followed. Throws PortError(1) if there is no such file or folder.
 */
export type NativeFolder = (named: string, workingDirectory: string) => Promise<SourceSet>;
