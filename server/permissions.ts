import { dirname, join, resolve } from "node:path";
import { isUrl } from "../storage/kv/database.ts";
import { readConfig } from "./config.ts";
import type { Config } from "./config.ts";

/** Where the parts of modelab are. */
export interface Places {
  /** The project's directory. */
  readonly root: string;
  /** Where files that are named on the command line are; none by default. */
  readonly files?: readonly string[];
}

/** What Deno asks for when it opens a database by its URL. */
const ACCESS_TOKEN = "DENO_KV_ACCESS_TOKEN";
/** Deno's own variables that the server asks for. */
const DENO_VARIABLES = ["DENO_DEPLOYMENT_ID"];

/** The names of all variables that the configuration is read from. */
export function variableNames(): string[] {
  const names = new Set(DENO_VARIABLES);
  readConfig((name) => {
    names.add(name);
    return undefined;
  });
  return [...names];
}

/**
 * The flags under which Deno lets the server do what it has to, and nothing
 * else: listen on its address, read what was built, use its data's directory,
 * and read its own variables.
 *
 * @param config What it will be started with.
 */
export function serverPermissions(
  config: Pick<Config, "host" | "port" | "kvPath">,
  places: Places,
): string[] {
  const { root } = places;
  const built = [join(root, "_fresh"), join(root, "static")];
  return flags(config.kvPath, places, [addressOf(config)], built);
}

/** The same for a server in one binary, which has what was built in itself. */
export function binaryPermissions(
  config: Pick<Config, "host" | "port" | "kvPath">,
  places: Places,
): string[] {
  return flags(config.kvPath, places, [addressOf(config)], []);
}

function addressOf({ host, port }: Pick<Config, "host" | "port">): string {
  const bare = host.replace(/^\[|\]$/g, "");
  return `${bare.includes(":") ? `[${bare}]` : bare}:${port}`;
}

/** The flags for a task that works on the database alone. */
export function taskPermissions(
  { kvPath }: Pick<Config, "kvPath">,
  places: Places,
): string[] {
  return flags(kvPath, places, [], []);
}

function flags(
  kvPath: string | null,
  { files = [] }: Places,
  net: readonly string[],
  read: readonly string[],
): string[] {
  const hosts = [...net];
  const data = files.map((file) => dirname(resolve(file)));
  const variables = variableNames();
  if (kvPath !== null) {
    if (isUrl(kvPath)) {
      hosts.push(hostOf(kvPath));
      variables.push(ACCESS_TOKEN);
    } else data.push(dirname(resolve(kvPath)));
  }
  const allow = (name: string, values: readonly string[]): string[] =>
    // A comma in a name is written twice.
    values.length === 0 ? [] : [
      `--allow-${name}=${values.map((v) => v.replaceAll(",", ",,")).join(",")}`,
    ];
  return [
    "--no-prompt",
    "--frozen",
    ...allow("net", hosts),
    ...allow("read", [...read, ...data]),
    ...allow("write", data),
    ...allow("env", variables),
  ];
}

function hostOf(url: string): string {
  const { host, protocol, port } = new URL(url);
  return port === "" ? `${host}:${protocol === "https:" ? 443 : 80}` : host;
}
