/**
 * Starts a program of modelab under the exact permissions that it needs for
 * the configuration in the environment. What it is started with itself are the
 * right to read its variables and to run Deno.
 *
 * `--print` prints the command instead, for a service manager. `compile` makes
 * one binary of the server instead, which has these permissions.
 *
 * @module
 */

import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { ConfigError, readConfig } from "./config.ts";
import {
  binaryPermissions,
  serverPermissions,
  taskPermissions,
  variableNames,
} from "./permissions.ts";
import { unknownVariables } from "./unknown_variables.ts";

/** A program of modelab. */
interface Program {
  readonly path: string;
  /** What comes before the arguments of the command line. */
  readonly args?: readonly string[];
  /** Whether the arguments name files. @default false */
  readonly files?: boolean;
}

const PROGRAMS: { readonly [name: string]: Program } = {
  serve: { path: "server/serve.ts" },
  verify: { path: "server/verify.ts" },
  keys: { path: "server/keys.ts" },
  export: { path: "server/export.ts" },
  import: { path: "server/import.ts" },
  flags: { path: "server/flag_admin.ts" },
  erase: { path: "server/erase.ts" },
  backup: { path: "server/backup.ts", args: ["backup"], files: true },
  restore: { path: "server/backup.ts", args: ["restore"], files: true },
};

const ROOT = fileURLToPath(new URL("..", import.meta.url));

function commandOf(args: readonly string[]): string[] {
  const [name = "", ...rest] = args;
  if (name === "compile") return compileCommand(rest);
  const program = Object.hasOwn(PROGRAMS, name) ? PROGRAMS[name] : undefined;
  if (program === undefined) {
    throw new ConfigError(
      `The program must be one of ${
        [...Object.keys(PROGRAMS), "compile"].join(", ")
      }, got ${JSON.stringify(name)}`,
    );
  }
  const config = readConfig((name) => Deno.env.get(name));
  const files = program.files ? rest.filter((arg) => !arg.startsWith("-")) : [];
  const permissions = name === "serve"
    ? serverPermissions(config, { root: ROOT })
    : taskPermissions(config, { root: ROOT, files });
  const { path, args: first = [] } = program;
  return ["run", ...permissions, join(ROOT, path), ...first, ...rest];
}

/** @param args Further flags for `deno compile`. */
function compileCommand(args: readonly string[]): string[] {
  const config = readConfig((name) => Deno.env.get(name));
  const hasOutput = args.some((arg) => /^(-o|--output)(=|$)/.test(arg));
  return [
    "compile",
    ...binaryPermissions(config, { root: ROOT }),
    // Else all that tests use is in it.
    "--exclude-unused-npm",
    ...["_fresh/static", "static"].flatMap((path) => [
      "--include",
      join(ROOT, path),
    ]),
    ...hasOutput ? [] : ["--output", "modelab"],
    ...args,
    join(ROOT, "server/serve.ts"),
  ];
}

/**
 * Tells of variables that nothing reads: a misspelt one would be without
 * effect. They are no error, since they can be meant for something else.
 */
async function warnOfUnknown(): Promise<void> {
  const program = join(ROOT, "server/list_variables.ts");
  const { success, stdout } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "--no-prompt", "--no-lock", "--allow-env", program],
    stderr: "null",
  }).output();
  // Without the list nothing can be told.
  if (!success) return;
  const names: unknown = JSON.parse(new TextDecoder().decode(stdout));
  if (!Array.isArray(names)) return;
  for (const text of unknownVariables(names.map(String), variableNames())) {
    console.error(`modelab warns: ${text}`);
  }
}

/**
 * Runs it, hands signals on, and ends as it ends.
 *
 * @param warned Ends when what was to be told has been told.
 */
async function run(args: string[], warned: Promise<void>): Promise<never> {
  // Ctrl-C would reach it as well: it would be told twice to stop, and the
  // second time stops it at once.
  const child = new Deno.Command(Deno.execPath(), { args, detached: true })
    .spawn();
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    Deno.addSignalListener(signal, () => {
      try {
        child.kill(signal === "SIGHUP" ? "SIGTERM" : signal);
      } catch {
        // It has ended already.
      }
    });
  }
  const { code } = await child.status;
  await warned;
  Deno.exit(code);
}

try {
  const args = Deno.args.filter((arg) => arg !== "--print");
  const command = commandOf(args);
  const warned = warnOfUnknown().catch(() => {});
  if (args.length === Deno.args.length) await run(command, warned);
  await warned;
  console.log(["deno", ...command].map(quoted).join(" "));
} catch (error) {
  if (!(error instanceof ConfigError)) throw error;
  console.error(`modelab cannot start: ${error.message}`);
  Deno.exit(1);
}

function quoted(word: string): string {
  return /^[\w@%+=:,./*[\]-]+$/.test(word)
    ? word
    : `'${word.replaceAll("'", "'\\''")}'`;
}
