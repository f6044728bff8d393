import * as fs from "node:fs";
import { join } from "node:path";

const DIRECTORY = /^[0-9a-f-]{36}$/;
const BEATS = 5;
/** A directory that old has no owner, whatever its clock says. */
const OLD_LEASES = 10;

/**
 * The directory of one client among those of others, in the spool's directory.
 *
 * Its owner touches it five times in a lease. A client takes over a directory
 * whose time did not change for a lease while it watched, or is that of a
 * release, or is long ago. That needs neither process ids nor clocks that
 * agree. It can take a directory from an owner that was stopped for so long;
 * the owner notices, and both send the same ids.
 */
export class Lease {
  readonly #base: string;
  readonly #leaseMs: number;
  readonly #watched = new Map<string, { mtime: number; since: number }>();
  #inode: number | null = null;
  #path: string | null = null;

  /** @param base The spool's directory. */
  constructor(base: string, leaseMs: number) {
    this.#base = base;
    this.#leaseMs = leaseMs;
  }

  /** How often to call `keep()` and `claim()`, in milliseconds. */
  get beatMs(): number {
    return this.#leaseMs / BEATS;
  }

  /** The directory, if there is one. */
  get path(): string | null {
    return this.#path;
  }

  /** The directory; makes it where there is none. */
  take(): string {
    if (this.#path !== null) return this.#path;
    const path = join(this.#base, crypto.randomUUID());
    fs.mkdirSync(path, { recursive: true, mode: 0o700 });
    this.#inode = fs.statSync(path).ino;
    return this.#path = path;
  }

  /** Says that the owner lives; false when another client took the directory. */
  keep(): boolean {
    if (this.#path === null) return true;
    try {
      if (fs.statSync(this.#path).ino === this.#inode) {
        const now = new Date();
        fs.utimesSync(this.#path, now, now);
        return true;
      }
    } catch {
      // It is not there.
    }
    this.#path = null;
    return false;
  }

  /** Gives the directory to whoever comes next. */
  release(): void {
    const path = this.#path;
    this.#path = null;
    if (path === null) return;
    try {
      // Fails while there is anything in it.
      fs.rmdirSync(path);
    } catch {
      ignoreErrors(() => fs.utimesSync(path, 0, 0));
    }
  }

  /**
   * Takes over what has no owner.
   *
   * @returns The files that were found, oldest first.
   */
  async claim(): Promise<string[]> {
    const found: string[] = [];
    for (const name of await list(this.#base)) {
      const path = join(this.#base, name);
      if (!DIRECTORY.test(name) || path === this.#path) continue;
      if (!await this.#isOrphan(path)) continue;
      this.#watched.delete(path);
      const target = join(this.take(), name);
      try {
        // Of several that come at once, one is the first.
        await fs.promises.rename(path, target);
      } catch {
        continue;
      }
      found.push(...await filesIn(target));
    }
    return found;
  }

  async #isOrphan(path: string): Promise<boolean> {
    let mtime: number;
    try {
      mtime = (await fs.promises.stat(path)).mtimeMs;
    } catch {
      return false;
    }
    const now = performance.now();
    const seen = this.#watched.get(path);
    if (seen?.mtime !== mtime) this.#watched.set(path, { mtime, since: now });
    else if (now - seen.since >= this.#leaseMs) return true;
    return mtime < Date.now() - OLD_LEASES * this.#leaseMs;
  }
}

/** What a claimed directory holds; in it, what its owner had claimed. */
async function filesIn(path: string): Promise<string[]> {
  const files: string[] = [];
  for (const name of await list(path)) {
    const inner = join(path, name);
    if (DIRECTORY.test(name)) files.unshift(...await filesIn(inner));
    else files.push(inner);
  }
  return files;
}

async function list(path: string): Promise<string[]> {
  try {
    return (await fs.promises.readdir(path)).sort();
  } catch {
    return [];
  }
}

function ignoreErrors(action: () => void): void {
  try {
    action();
  } catch {
    // Whoever comes next waits for the lease instead.
  }
}
