/**
 * Starts a program of modelab under the exact permissions that it needs for
 * the configuration in the environment. What it is started with itself are the
 * right to read its variables and to run Deno.
 *
 * `--print` prints the command instead, for a service manager.
 *
 * @module
 */

import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { ConfigError, readConfig } from "./config.ts";
import { serverPermissions, taskPermissions } from "./permissions.ts";

/** The programs, and which files their arguments name. */
const PROGRAMS: { readonly [name: string]: string } = {
  serve: "server/serve.ts",
  verify: "server/verify.ts",
  keys: "server/keys.ts",
};

const ROOT = fileURLToPath(new URL("..", import.meta.url));

function commandOf(args: readonly string[]): string[] {
  const [program = "", ...rest] = args;
  const path = Object.hasOwn(PROGRAMS, program) ? PROGRAMS[program] : undefined;
  if (path === undefined) {
    throw new ConfigError(
      `The program must be one of ${Object.keys(PROGRAMS).join(", ")}, got ${
        JSON.stringify(program)
      }`,
    );
  }
  const config = readConfig((name) => Deno.env.get(name));
  const permissions = program === "serve"
    ? serverPermissions(config, { root: ROOT })
    : taskPermissions(config, { root: ROOT });
  return ["run", ...permissions, join(ROOT, path), ...rest];
}

/** Runs it, hands signals on, and ends as it ends. */
async function run(args: string[]): Promise<never> {
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
  Deno.exit(code);
}

try {
  const args = Deno.args.filter((arg) => arg !== "--print");
  const command = commandOf(args);
  if (args.length === Deno.args.length) await run(command);
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
