/** A file system of its own, which can be full or read-only. */
export class SmallDisk {
  readonly path: string;

  private constructor(path: string) {
    this.path = path;
  }

  /** Whether this machine lets the test mount one. */
  static readonly available: boolean = canMount();

  static async mount(bytes: number): Promise<SmallDisk> {
    const path = await Deno.makeTempDir({ prefix: "modelab_disk_" });
    run("mount", "-t", "tmpfs", "-o", `size=${bytes}`, "tmpfs", path);
    return new SmallDisk(path);
  }

  /** Changes it while it is in use, say to `size=8m` or `ro`. */
  remount(options: string): void {
    run("mount", "-o", `remount,${options}`, this.path);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    run("umount", "-l", this.path);
    await Deno.remove(this.path);
  }
}

function run(program: string, ...args: string[]): void {
  const command = Deno.uid() === 0
    ? new Deno.Command(program, { args })
    : new Deno.Command("sudo", { args: ["-n", program, ...args] });
  const { success, stderr } = command.outputSync();
  if (!success) throw new Error(new TextDecoder().decode(stderr));
}

function canMount(): boolean {
  if (Deno.build.os !== "linux") return false;
  const path = Deno.makeTempDirSync({ prefix: "modelab_disk_" });
  try {
    run("mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", path);
    run("umount", path);
    return true;
  } catch (error) {
    console.log(
      `Tests of a full disk need the right to mount one: ${
        error instanceof Error ? error.message.trim() : error
      }`,
    );
    return false;
  } finally {
    Deno.removeSync(path);
  }
}
