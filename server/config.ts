import { isUrl } from "../storage/kv/database.ts";

/** How the server runs: read from the environment once, at the start. */
export interface Config {
  /** `MODELAB_HOST`. @default "127.0.0.1" */
  readonly host: string;
  /** `MODELAB_PORT`. @default 8100 */
  readonly port: number;
  /**
   * `MODELAB_KV_PATH`: a file or a URL of KV Connect; null stands for the
   * deployment's own database.
   *
   * @default "./data/modelab.kv"
   */
  readonly kvPath: string | null;
  /** `MODELAB_API_KEY`: what ingest requires; null when it is open. */
  readonly apiKey: string | null;
  /** `MODELAB_READ_KEY`: what reading requires; null when it is open. */
  readonly readKey: string | null;
}

/** The environment asks for something that cannot be. */
export class ConfigError extends Error {
  override readonly name = "ConfigError";
}

/**
 * Reads the configuration.
 *
 * @param variable Looks up an environment variable, say `Deno.env.get`.
 * @throws {ConfigError} Says which variable, what it must be, and what it is.
 */
export function readConfig(
  variable: (name: string) => string | undefined,
): Config {
  const value = (name: string): string | null => variable(name) || null;
  // Deno Deploy sets it, and listens for us.
  const deployed = value("DENO_DEPLOYMENT_ID") !== null;
  const host = value("MODELAB_HOST") ?? "127.0.0.1";
  const kvPath = value("MODELAB_KV_PATH") ??
    (deployed ? null : "./data/modelab.kv");
  const apiKey = keyOf("MODELAB_API_KEY", value("MODELAB_API_KEY"));
  const readKey = keyOf("MODELAB_READ_KEY", value("MODELAB_READ_KEY"));
  const open = deployed || !isLoopback(host);
  if (open && (apiKey === null || readKey === null)) {
    throw new ConfigError(
      `MODELAB_API_KEY and MODELAB_READ_KEY must both be set where others can reach the server, got ${
        deployed ? "a deployment" : `MODELAB_HOST=${host}`
      } with ${
        apiKey !== null || readKey !== null ? "one of them" : "neither"
      }. Set both, or listen on 127.0.0.1`,
    );
  }
  if (kvPath !== null && isUrl(kvPath) && !URL.canParse(kvPath)) {
    throw new ConfigError(
      `MODELAB_KV_PATH must be a file or a URL, got ${kvPath}`,
    );
  }
  return { host, port: portOf(value("MODELAB_PORT")), kvPath, apiKey, readKey };
}

/** Whether a host can be reached from its own machine alone. */
export function isLoopback(host: string): boolean {
  return host === "localhost" || host === "::1" || host === "[::1]" ||
    (/^127(\.\d{1,3}){3}$/.test(host) &&
      host.split(".").every((part) => Number(part) <= 255));
}

function portOf(text: string | null): number {
  if (text === null) return 8100;
  const port = /^\d{1,5}$/.test(text) ? Number(text) : NaN;
  if (port >= 0 && port <= 65_535) return port;
  throw new ConfigError(
    `MODELAB_PORT must be an integer from 0 to 65535, got ${text}`,
  );
}

function keyOf(name: string, key: string | null): string | null {
  // A header can carry no other characters.
  if (key === null || /^[\x21-\x7e]+$/.test(key)) return key;
  throw new ConfigError(
    `${name} must be of printable ASCII characters without spaces, got something else`,
  );
}
