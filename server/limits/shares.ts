/**
 * Something of which there is so much and no more, and of which nobody gets
 * more than a share: what one holds on to, the others still have.
 */
export class Shares {
  readonly #total: number;
  readonly #each: number;
  readonly #held: Map<string, number> = new Map();
  #used = 0;

  /**
   * @param total What there is.
   * @param each What one name can hold.
   */
  constructor(total: number, each: number) {
    this.#total = total;
    this.#each = each;
  }

  /** What is held now, by all names. */
  get used(): number {
    return this.#used;
  }

  /** Takes so much; else says whose limit is in the way, and takes nothing. */
  take(name: string, amount: number): "taken" | "each" | "total" {
    const held = this.#held.get(name) ?? 0;
    if (held + amount > this.#each) return "each";
    if (this.#used + amount > this.#total) return "total";
    this.#held.set(name, held + amount);
    this.#used += amount;
    return "taken";
  }

  /** Gives back what was taken. */
  give(name: string, amount: number): void {
    const held = (this.#held.get(name) ?? 0) - amount;
    if (held > 0) this.#held.set(name, held);
    else this.#held.delete(name);
    this.#used -= amount;
  }
}
