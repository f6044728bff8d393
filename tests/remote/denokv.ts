import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";

/** A self-hosted KV server in a process of its own. */
export interface KvServer {
  /** What `MODELAB_KV_PATH` names: say `http://127.0.0.1:41234`. */
  readonly url: string;
  /** What a process needs in its environment to reach it. */
  readonly env: Readonly<Record<string, string>>;
  /** Ends it, if it has not ended already. */
  stop(signal: "SIGTERM" | "SIGKILL"): Promise<void>;
}

const TOKEN = "a-token-for-tests-alone";
const ATTEMPTS = 200;
const PAUSE = 50;

/**
 * The program of the self-hosted KV server: what `MODELAB_DENOKV` names, or
 * `denokv` on the path; null when there is none.
 */
export function findDenokv(): string | null {
  const named = Deno.env.get("MODELAB_DENOKV");
  if (named) return named;
  const directories = (Deno.env.get("PATH") ?? "").split(delimiter);
  return directories
    .map((directory) => join(directory, "denokv"))
    .find((path) => existsSync(path)) ?? null;
}

/**
 * Starts a KV server, and waits until it answers.
 *
 * @param program What {@linkcode findDenokv} found.
 * @param path The file in which it keeps its data.
 * @param port Where it listens on the loopback.
 */
export async function startDenokv(
  program: string,
  path: string,
  port: number,
): Promise<KvServer> {
  const child = new Deno.Command(program, {
    args: ["--sqlite-path", path, "serve", "--addr", `127.0.0.1:${port}`],
    env: { DENO_KV_ACCESS_TOKEN: TOKEN },
    stdin: "null",
    stdout: "null",
    stderr: "null",
  }).spawn();
  let ended = false;
  child.status.then(() => ended = true);
  const url = `http://127.0.0.1:${port}`;
  try {
    await answering(url);
  } catch (error) {
    child.kill("SIGKILL");
    await child.status;
    throw error;
  }
  return {
    url,
    env: { DENO_KV_ACCESS_TOKEN: TOKEN },
    async stop(signal) {
      if (!ended) child.kill(signal);
      await child.status;
    },
  };
}

async function answering(url: string): Promise<void> {
  for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
    try {
      await (await fetch(url)).body?.cancel();
      return;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, PAUSE));
    }
  }
  throw new Error(`denokv must answer on ${url}, got nothing`);
}
