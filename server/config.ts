import { isUrl } from "../storage/kv/database.ts";
import { LIMITS } from "./validation/limits.ts";

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
  /** Whether others than this machine can reach the server. */
  readonly exposed: boolean;
  /**
   * `MODELAB_TRUSTED_PROXIES`: how many proxies stand before the server, each
   * of which adds the address of its client to `X-Forwarded-For`.
   *
   * @default 0
   */
  readonly trustedProxies: number;
  /** `MODELAB_RATE_PER_KEY`: requests a second; 0 is no limit. @default 500 */
  readonly ratePerKey: number;
  /**
   * `MODELAB_RATE_PER_ADDRESS`: requests a second; 0 is no limit.
   *
   * @default 1000
   */
  readonly ratePerAddress: number;
  /** `MODELAB_MAX_BODY_BYTES`, after decompression. @default 8 MiB */
  readonly maxBodyBytes: number;
  /** `MODELAB_MAX_RECORDS` of one request. @default 5000 */
  readonly maxRecords: number;
  /** `MODELAB_BODY_TIMEOUT_MS`: until a body is complete. @default 30_000 */
  readonly bodyTimeoutMs: number;
  /** `MODELAB_MAX_REQUESTS` under way at once. @default 1000 */
  readonly maxRequests: number;
  /** `MODELAB_MAX_REQUESTS_PER_CLIENT` of those. @default 250 */
  readonly maxRequestsPerClient: number;
  /**
   * `MODELAB_RETENTION_DAYS`: records are deleted so long after they came;
   * 0 keeps them.
   *
   * @default 0
   */
  readonly retentionDays: number;
  /** `MODELAB_LOG`: whether each request is logged too. @default "errors" */
  readonly log: "errors" | "requests";
}

/** The environment asks for something that cannot be. */
export class ConfigError extends Error {
  override readonly name = "ConfigError";
}

/** Looks up an environment variable, say `Deno.env.get`. */
export type Environment = (name: string) => string | undefined;

/**
 * Reads the configuration.
 *
 * @throws {ConfigError} Says which variable, what it must be, and what it is.
 */
export function readConfig(variable: Environment): Config {
  const value = (name: string): string | null => variable(name) || null;
  // Deno Deploy sets it, and listens for us.
  const deployed = value("DENO_DEPLOYMENT_ID") !== null;
  const host = value("MODELAB_HOST") ?? "127.0.0.1";
  const kvPath = value("MODELAB_KV_PATH") ??
    (deployed ? null : "./data/modelab.kv");
  if (kvPath !== null && !isDatabase(kvPath)) {
    throw new ConfigError(
      `MODELAB_KV_PATH must be a file, or an http or https URL, got ${kvPath}`,
    );
  }
  const number = (
    name: string,
    initial: number,
    least: number,
    most: number,
  ): number => integerOf(name, value(name), initial, least, most);
  return {
    host,
    port: number("MODELAB_PORT", 8100, 0, 65_535),
    kvPath,
    apiKey: keyOf("MODELAB_API_KEY", value("MODELAB_API_KEY")),
    readKey: keyOf("MODELAB_READ_KEY", value("MODELAB_READ_KEY")),
    exposed: deployed || !isLoopback(host),
    trustedProxies: number("MODELAB_TRUSTED_PROXIES", 0, 0, 10),
    ratePerKey: number("MODELAB_RATE_PER_KEY", 500, 0, 1_000_000),
    ratePerAddress: number("MODELAB_RATE_PER_ADDRESS", 1000, 0, 1_000_000),
    maxBodyBytes: number(
      "MODELAB_MAX_BODY_BYTES",
      LIMITS.bodyBytes,
      1024,
      64 * 1024 * 1024,
    ),
    maxRecords: number("MODELAB_MAX_RECORDS", LIMITS.records, 1, 20_000),
    bodyTimeoutMs: number("MODELAB_BODY_TIMEOUT_MS", 30_000, 100, 600_000),
    maxRequests: number("MODELAB_MAX_REQUESTS", 1000, 1, 100_000),
    maxRequestsPerClient: number(
      "MODELAB_MAX_REQUESTS_PER_CLIENT",
      250,
      1,
      100_000,
    ),
    retentionDays: retentionOf(value("MODELAB_RETENTION_DAYS")),
    log: oneOf("MODELAB_LOG", value("MODELAB_LOG"), ["errors", "requests"]),
  };
}

/**
 * Makes sure that a server which others can reach lets nobody in without a
 * key: both keys are set, or the database has, or had, keys of its own.
 *
 * @throws {ConfigError} It would.
 */
export function requireKeys(config: Config, hasStoredKeys: boolean): void {
  const { exposed, host, apiKey, readKey } = config;
  if (!exposed || hasStoredKeys) return;
  if (apiKey !== null && readKey !== null) return;
  const where = isLoopback(host) ? "a deployment" : `MODELAB_HOST=${host}`;
  const which = apiKey !== null || readKey !== null ? "one of them" : "neither";
  throw new ConfigError(
    `MODELAB_API_KEY and MODELAB_READ_KEY must both be set where others can reach the server, or keys be made with deno task keys, got ${where} with ${which}. Set both, or listen on 127.0.0.1`,
  );
}

/** Whether a host can be reached from its own machine alone. */
export function isLoopback(host: string): boolean {
  return host === "localhost" || host === "::1" || host === "[::1]" ||
    (/^127(\.\d{1,3}){3}$/.test(host) &&
      host.split(".").every((part) => Number(part) <= 255));
}

function retentionOf(text: string | null): number {
  const days = integerOf("MODELAB_RETENTION_DAYS", text, 0, 0, 36_500);
  // Timelines show minutes for two days.
  if (days === 0 || days >= 3) return days;
  throw new ConfigError(
    `MODELAB_RETENTION_DAYS must be 0, or an integer from 3 to 36500, got ${text}`,
  );
}

/** Whether it names a file, or a server; one of another kind is a mistake. */
function isDatabase(path: string): boolean {
  return isUrl(path) ? URL.canParse(path) : !/^[a-z][\w+.-]+:\/\//i.test(path);
}

function integerOf(
  name: string,
  text: string | null,
  initial: number,
  least: number,
  most: number,
): number {
  if (text === null) return initial;
  const number = /^\d{1,9}$/.test(text) ? Number(text) : NaN;
  if (number >= least && number <= most) return number;
  throw new ConfigError(
    `${name} must be an integer from ${least} to ${most}, got ${text}`,
  );
}

function oneOf<T extends string>(
  name: string,
  text: string | null,
  values: readonly [T, ...T[]],
): T {
  if (text === null) return values[0];
  const found = values.find((value) => value === text);
  if (found !== undefined) return found;
  throw new ConfigError(
    `${name} must be ${values.join(" or ")}, got ${text}`,
  );
}

function keyOf(name: string, key: string | null): string | null {
  // A header can carry no other characters.
  if (key === null || /^[\x21-\x7e]+$/.test(key)) return key;
  throw new ConfigError(
    `${name} must be of printable ASCII characters without spaces, got something else`,
  );
}
