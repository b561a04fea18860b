import type { SourceText } from './document.ts';

/**
 * Offsets (UTF-16 units) of all containers of a file, in one list of numbers: a mesh has millions of them. A container
 * has its start and its end, then start and end of key and value for each entry of a map, of the item for each item of a
 * list.
 */
export class PlaceTable {
  readonly text: SourceText;
  #numbers: Int32Array;
  #length: number;

  /** `numbers` are the offsets that an earlier run found. */
  constructor(text: SourceText, numbers: Int32Array = new Int32Array(256)) {
    this.text = text;
    this.#numbers = numbers;
    this.#length = 0;
  }

  /** Returns the number at a position; undefined beyond the list. */
  at(position: number): number | undefined {
    return this.#numbers[position];
  }

  /** Adds the offsets of a container, and returns their position. */
  add(start: number, end: number, offsets: readonly number[]): number {
    const position = this.#length;
    this.#length += 2 + offsets.length;
    if (this.#length > this.#numbers.length) this.#resize(this.#length * 2);
    this.#numbers[position] = start;
    this.#numbers[position + 1] = end;
    this.#numbers.set(offsets, position + 2);
    return position;
  }

  /** Frees the room for more containers. */
  close(): void {
    this.#resize(this.#length);
  }

  #resize(length: number): void {
    const numbers = new Int32Array(length);
    numbers.set(this.#numbers.subarray(0, Math.min(length, this.#numbers.length)));
    this.#numbers = numbers;
  }
}
