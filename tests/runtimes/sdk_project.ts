import { join } from "node:path";
import { ROOT } from "../processes/root.ts";
import { withDirectory } from "../processes/with_directory.ts";
import type { Runtime } from "./runtime.ts";

/** A project of a user, which has the npm package installed. */
export interface SdkProject {
  readonly directory: string;
  /** Starts a script of the project. */
  spawn(runtime: Runtime, script: string, ...args: string[]): Deno.ChildProcess;
  /** Runs a script of the project to its end. */
  run(runtime: Runtime, script: string, ...args: string[]): Promise<RunResult>;
}

/** What a script did. */
export interface RunResult {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

let packed: Promise<string> | null = null;

/** The SDK's npm package, made once for all tests of a file. */
async function pack(): Promise<string> {
  const directory = await Deno.makeTempDir({ prefix: "modelab_test_" });
  globalThis.addEventListener("unload", () => {
    Deno.removeSync(directory, { recursive: true });
  });
  const tarball = join(directory, "sdk.tgz");
  await finish(ROOT, Deno.execPath(), [
    "pack",
    "--allow-dirty",
    "--no-source-maps",
    "--output",
    tarball,
  ]);
  return tarball;
}

/**
 * Packs the SDK, and installs the package into a new project.
 *
 * @param files What the project has beside it: names and texts.
 */
export async function withSdkProject(
  files: { readonly [name: string]: string },
  use: (project: SdkProject) => Promise<void>,
): Promise<void> {
  await withDirectory(async (directory) => {
    await Deno.writeTextFile(
      join(directory, "package.json"),
      JSON.stringify({ name: "project", private: true, type: "module" }),
    );
    await finish(directory, "npm", [
      "install",
      "--offline",
      "--no-audit",
      "--no-fund",
      await (packed ??= pack()),
    ]);
    for (const [name, text] of Object.entries(files)) {
      await Deno.writeTextFile(join(directory, name), text);
    }
    const command = (
      { command: [program, ...rest] }: Runtime,
      script: string,
      args: readonly string[],
    ): Deno.Command =>
      new Deno.Command(program, {
        args: [...rest, join(directory, script), ...args],
        cwd: directory,
        env: { NO_COLOR: "1" },
        stdout: "piped",
        stderr: "piped",
      });
    await use({
      directory,
      spawn: (runtime, script, ...args) =>
        command(runtime, script, args).spawn(),
      async run(runtime, script, ...args) {
        const { code, stdout, stderr } = await command(runtime, script, args)
          .output();
        const decoder = new TextDecoder();
        return {
          code,
          stdout: decoder.decode(stdout),
          stderr: decoder.decode(stderr),
        };
      },
    });
  });
}

/** A file of testdata/. */
export function testdata(name: string): string {
  return Deno.readTextFileSync(join(ROOT, "tests/runtimes/testdata", name));
}

async function finish(
  cwd: string,
  program: string,
  args: string[],
): Promise<void> {
  const { success, stdout, stderr } = await new Deno.Command(program, {
    args,
    cwd,
  }).output();
  if (success) return;
  const decoder = new TextDecoder();
  throw new Error(
    `${program} ${args[0]}: ${decoder.decode(stdout)}${decoder.decode(stderr)}`,
  );
}
