import type { Entry } from "./entry.ts";
import { identity, isSame } from "./record_identity.ts";

/** Records that are compared one by one, before a set of them pays. */
const FEW = 8;

/** Executions and events of one assignment, none of them twice. */
export class KnownRecords {
  /** In the order of their arrival. */
  readonly list: Entry[] = [];
  /** What makes each the same as another; null while they are few. */
  #identities: Set<string> | null = null;

  has(record: Entry): boolean {
    const { list } = this;
    if (list.length <= FEW) return list.some((known) => isSame(known, record));
    this.#identities ??= new Set(list.map(identity));
    return this.#identities.has(identity(record));
  }

  /** @param record One that is not known. */
  add(record: Entry): void {
    this.list.push(record);
    this.#identities?.add(identity(record));
  }
}
