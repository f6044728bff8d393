/** A program that runs JavaScript. */
export interface Runtime {
  readonly name: "Deno" | "Node" | "Bun";
  /** The program, and its arguments before the script's path. */
  readonly command: readonly [string, ...string[]];
  /**
   * Whether its tests must be skipped. Never true where the environment
   * variable `CI` is "true": there, a missing runtime is a failed test.
   */
  readonly missing: boolean;
}

const inCi = Deno.env.get("CI") === "true";

/** Whether a project cannot be made: the same, for npm. */
export const npmMissing: boolean = !inCi && !runs("npm");

/** Deno, Node and Bun. */
export const RUNTIMES: readonly Runtime[] = [
  {
    name: "Deno",
    command: [
      Deno.execPath(),
      "run",
      "--no-prompt",
      "--no-lock",
      "--node-modules-dir=manual",
      "--allow-net",
      "--allow-read",
      "--allow-write",
      "--allow-env",
      "--v8-flags=--expose-gc",
    ],
    missing: npmMissing,
  },
  {
    name: "Node",
    command: ["node", "--expose-gc"],
    missing: npmMissing || (!inCi && !runs("node")),
  },
  {
    name: "Bun",
    command: ["bun"],
    missing: npmMissing || (!inCi && !runs("bun")),
  },
];

for (const { name, missing } of RUNTIMES) {
  if (missing) console.log(`skipped: whether the SDK runs on ${name}`);
}

function runs(program: string): boolean {
  try {
    return new Deno.Command(program, { args: ["--version"] }).outputSync()
      .success;
  } catch {
    return false;
  }
}
