import { ByteReader } from "./bytes.ts";
import type { ByteWriter } from "./bytes.ts";
import { encodedLength, readId, writeId } from "./id_bytes.ts";

const NO_BYTES = new Uint8Array(0);

/**
 * Ids in the order in which they came. Those that a row brought are read as
 * text only where somebody asks for them: who adds one does not.
 */
export class IdList {
  readonly #stored: Uint8Array;
  readonly #added: string[] = [];
  #length: number;
  #bytes: number;

  /**
   * @param stored Ids as `writeId()` writes them.
   * @param length How many these are.
   */
  constructor(stored: Uint8Array = NO_BYTES, length = 0) {
    this.#stored = stored;
    this.#length = length;
    this.#bytes = stored.length;
  }

  get length(): number {
    return this.#length;
  }

  /** What they take as bytes. */
  get bytes(): number {
    return this.#bytes;
  }

  add(id: string): void {
    this.#added.push(id);
    this.#length++;
    this.#bytes += encodedLength(id);
  }

  write(writer: ByteWriter): void {
    writer.append(this.#stored);
    for (const id of this.#added) writeId(writer, id);
  }

  toArray(): string[] {
    return [...readIds(this.#stored), ...this.#added];
  }
}

/** Reads ids to the end. */
export function readIds(bytes: Uint8Array): string[] {
  const reader = new ByteReader(bytes);
  const ids: string[] = [];
  while (!reader.done) ids.push(readId(reader));
  return ids;
}
