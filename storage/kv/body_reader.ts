import type { JsonObject } from "../../engine/records.ts";
import { keyText } from "./keys.ts";
import { bytesOf, getAll } from "./workspace.ts";

const decoder = new TextDecoder();
/** Bodies that are kept in memory, and the most characters of one. */
const MAX_BODIES = 2000;
const MAX_CHARACTERS = 4096;

/**
 * Reads the bodies of configs and of flags' settings. A body is named by its
 * digest and never changes, so it is read once.
 */
export class BodyReader {
  readonly #kv: Deno.Kv;
  readonly #known: Map<string, string> = new Map();

  constructor(kv: Deno.Kv) {
    this.#kv = kv;
  }

  /** @throws {TypeError} A body is not there. */
  async read(keys: readonly Deno.KvKey[]): Promise<JsonObject[]> {
    const names = keys.map(keyText);
    const unknown = keys.filter((_, at) => !this.#known.has(names[at] ?? ""));
    const read = new Map<string, string>();
    for (const entry of await getAll(this.#kv, unknown)) {
      read.set(keyText(entry.key), decoder.decode(bytesOf(entry)));
    }
    const bodies = names.map((name) =>
      read.get(name) ?? this.#known.get(name) ?? "{}"
    );
    for (const [name, body] of read) this.#keep(name, body);
    return bodies.map((body) => JSON.parse(body));
  }

  /** Reads all that stand together, for who is going to need most of them. */
  async load(prefix: Deno.KvKey): Promise<void> {
    for await (const entry of this.#kv.list({ prefix }, { batchSize: 500 })) {
      this.#keep(keyText(entry.key), decoder.decode(bytesOf(entry)));
    }
  }

  #keep(name: string, body: string): void {
    if (this.#known.size >= MAX_BODIES) this.#known.clear();
    if (body.length <= MAX_CHARACTERS) this.#known.set(name, body);
  }
}
