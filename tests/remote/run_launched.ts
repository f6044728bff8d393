import { join } from "node:path";
import { ROOT } from "../processes/root.ts";

/** What a task said, and how it ended. */
export interface Launched {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Runs a task that works on a database as `deno task` does: by the program
 * that starts it under the permissions which its configuration needs.
 *
 * @param env What names the database and lets the task reach it.
 * @param input Its standard input.
 */
export async function runLaunched(
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  input: string | null = null,
): Promise<Launched> {
  const child = new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "--no-prompt",
      "--allow-env=MODELAB_*,DENO_DEPLOYMENT_ID",
      `--allow-run=${Deno.execPath()}`,
      join(ROOT, "server/launch.ts"),
      ...args,
    ],
    cwd: ROOT,
    env: { ...env },
    stdin: input === null ? "null" : "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  if (input !== null) {
    const writer = child.stdin.getWriter();
    await writer.write(new TextEncoder().encode(input)).catch(() => {});
    await writer.close().catch(() => {});
  }
  const { code, stdout, stderr } = await child.output();
  const decoder = new TextDecoder();
  return {
    code,
    stdout: decoder.decode(stdout).trim(),
    stderr: decoder.decode(stderr).trim(),
  };
}
