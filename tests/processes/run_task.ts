import { join } from "node:path";
import { taskPermissions } from "../../server/permissions.ts";
import { ROOT } from "./root.ts";

/** What a program said, and how it ended. */
export interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Runs a program that works on a database, as its task does: under the
 * permissions that it needs.
 *
 * @param program Its file in server/.
 * @param path The database's file.
 * @param files Which of its arguments are files.
 */
export async function runTask(
  program: string,
  path: string,
  args: readonly string[],
  files: readonly string[] = [],
): Promise<Ended> {
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      ...taskPermissions({ kvPath: path }, { root: ROOT, files }),
      join(ROOT, "server", program),
      ...args,
    ],
    cwd: ROOT,
    env: { MODELAB_KV_PATH: path },
  }).output();
  const decoder = new TextDecoder();
  const text = (bytes: Uint8Array): string => decoder.decode(bytes).trim();
  return { code, stdout: text(stdout), stderr: text(stderr) };
}
