/** The interface for other programs: the documents of the mesh language as types. */
export type * from './core/spec/types.gen.ts';
