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

  /**
   * Makes one for a process; null where this machine does not let the test.
   * What the process holds already is not counted.
   */
  static around(pid: number, bytes: number): MemoryGroup | null {
    if (Deno.build.os !== "linux") return null;
    const name = `modelab_test_${Deno.pid}`;
    try {
      const isFirst = shell(`ls ${ROOT}`).includes("memory\n");
      const path = join(isFirst ? join(ROOT, "memory", ownPath()) : ROOT, name);
      if (!isFirst) shell(`echo +memory > ${ROOT}/cgroup.subtree_control`);
      shell('mkdir "$1"', path);
      const limit = isFirst ? "memory.limit_in_bytes" : "memory.max";
      const events = isFirst ? "memory.oom_control" : "memory.events";
      const group = new MemoryGroup(path, events);
      try {
        shell('echo "$2" > "$1"', join(path, limit), String(bytes));
        shell('echo "$2" > "$1"', join(path, "cgroup.procs"), String(pid));
        return group;
      } catch (error) {
        group[Symbol.dispose]();
        throw error;
      }
    } catch (error) {
      console.log(`The kernel is not asked to kill: ${error}`);
      return null;
    }
  }

  /** How many processes the kernel has killed in it for want of memory. */
  get kills(): number {
    const events = shell('cat "$1"', this.#events);
    return Number(/^oom_kill (\d+)$/m.exec(events)?.[1] ?? 0);
  }

  /** Removes it; its processes must have ended. */
  [Symbol.dispose](): void {
    shell('rmdir "$1"', this.#path);
  }
}

/** The group that this process is in, of those with limits of memory. */
function ownPath(): string {
  const groups = shell("cat /proc/self/cgroup");
  return /^\d+:(?:.*,)?memory(?:,.*)?:(.*)$/m.exec(groups)?.[1] ?? "/";
}

/**
 * What a shell prints; Deno itself may not touch the kernel's files without
 * every permission.
 */
function shell(script: string, ...args: readonly string[]): string {
  const { success, stdout, stderr } = new Deno.Command("sh", {
    args: ["-c", script, "sh", ...args],
  }).outputSync();
  const text = new TextDecoder();
  if (!success) throw new Error(text.decode(stderr));
  return text.decode(stdout);
}
