import { existsSync } from "node:fs";
import { join } from "node:path";

const LIBRARY = find();

/**
 * The time of day as a process sees it, set from outside by libfaketime. Its
 * other clock, which only ever goes on, stays as it is.
 */
export class FakeClock {
  readonly #file: string;

  /** @param directory Where the offset is kept. */
  constructor(directory: string) {
    this.#file = join(directory, "clock");
    this.set(0);
  }

  /** Whether libfaketime is here. */
  static readonly available: boolean = LIBRARY !== undefined;

  /** What a process needs in its environment to have this clock. */
  get env(): { readonly [name: string]: string } {
    return {
      LD_PRELOAD: LIBRARY ?? "",
      FAKETIME_TIMESTAMP_FILE: this.#file,
      // Seconds after which the file is read again.
      FAKETIME_CACHE_DURATION: "1",
      FAKETIME_DONT_FAKE_MONOTONIC: "1",
    };
  }

  /** Sets it so many seconds ahead of the true time; it follows in a second. */
  set(seconds: number): void {
    Deno.writeTextFileSync(this.#file, `${seconds < 0 ? "" : "+"}${seconds}`);
  }

  /** Removes what a process leaves in shared memory when it is killed. */
  static async forget(pid: number): Promise<void> {
    const left = [`faketime_shm_${pid}`, `sem.faketime_sem_${pid}`];
    // Deno itself may not look at devices without every permission.
    await new Deno.Command("rm", {
      args: ["-f", ...left.map((name) => join("/dev/shm", name))],
    }).output();
  }
}

function find(): string | undefined {
  const libraries = "/usr/lib";
  if (Deno.build.os !== "linux" || !existsSync(libraries)) return undefined;
  const found = [...Deno.readDirSync(libraries)]
    .map(({ name }) => join(libraries, name, "faketime", "libfaketimeMT.so.1"))
    .find((path) => existsSync(path));
  if (found === undefined) {
    console.log("Skipped: clocks that jump in a soak need libfaketime");
  }
  return found;
}
