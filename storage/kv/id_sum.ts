const MODULUS = 2 ** 48;

/**
 * Stands for a set of ids in little memory, in whatever order they are added:
 * their number, and the sum of their hashes.
 */
export class IdSum {
  #count = 0;
  #sum = 0;

  add(id: string): void {
    this.#count++;
    this.#sum = (this.#sum + hash48(id)) % MODULUS;
  }

  /** The same for the same ids, each as often. */
  toString(): string {
    return `${this.#count} assignments with checksum ${this.#sum.toString(16)}`;
  }
}

/** Two hashes like FNV-1a, of 24 bits each. */
export function hash48(text: string): number {
  let [low, high] = [0x811c9dc5, 0x1b873593];
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    low = Math.imul(low ^ unit, 0x01000193);
    high = Math.imul(high ^ unit, 0x85ebca6b);
    high ^= high >>> 15;
  }
  return ((low >>> 8) * 2 ** 24) + (high >>> 8);
}
