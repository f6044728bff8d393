import { existsSync } from "node:fs";
import { join } from "node:path";

const ROOT = "/sys/fs/cgroup";

/**
 * A control group of Linux with a limit of memory: the kernel kills a process
 * in it that needs more.
 */
export class MemoryGroup {
  readonly #path: string;
  /** Where the kernel counts its kills. */
  readonly #events: string;

  private constructor(path: string, events: string) {
    this.#path = path;
    this.#events = join(path, events);
  }

  /** Makes one; null where this machine does not let the test. */
  static make(bytes: number): MemoryGroup | null {
    if (Deno.build.os !== "linux") return null;
    const isFirst = existsSync(join(ROOT, "memory/memory.limit_in_bytes"));
    const parent = isFirst ? join(ROOT, "memory", ownPath()) : ROOT;
    const path = join(parent, `modelab_test_${Deno.pid}`);
    try {
      if (!isFirst) {
        Deno.writeTextFileSync(join(ROOT, "cgroup.subtree_control"), "+memory");
      }
      Deno.mkdirSync(path);
      const limit = isFirst ? "memory.limit_in_bytes" : "memory.max";
      Deno.writeTextFileSync(join(path, limit), String(bytes));
      const events = isFirst ? "memory.oom_control" : "memory.events";
      return new MemoryGroup(path, events);
    } catch (error) {
      if (existsSync(path)) Deno.removeSync(path);
      console.log(`The kernel is not asked to kill: ${error}`);
      return null;
    }
  }

  /** Takes a process in. What it holds already is not counted. */
  take(pid: number): void {
    Deno.writeTextFileSync(join(this.#path, "cgroup.procs"), String(pid));
  }

  /** How many processes the kernel has killed in it for want of memory. */
  get kills(): number {
    const events = Deno.readTextFileSync(this.#events);
    return Number(/^oom_kill (\d+)$/m.exec(events)?.[1] ?? 0);
  }

  /** Removes it; its processes must have ended. */
  [Symbol.dispose](): void {
    Deno.removeSync(this.#path);
  }
}

/** The group that this process is in, of those with limits of memory. */
function ownPath(): string {
  const groups = Deno.readTextFileSync("/proc/self/cgroup");
  return /^\d+:(?:.*,)?memory(?:,.*)?:(.*)$/m.exec(groups)?.[1] ?? "/";
}
