/**
 * A spool on the disk, for Deno, Node and Bun: records that were not sent when
 * a process was killed are sent by the next one.
 *
 * @example
 * ```ts ignore
 * import { init } from "@modelab/sdk";
 * import { fileSpool } from "@modelab/sdk/spool";
 *
 * init({
 *   server: "http://localhost:8100",
 *   spool: fileSpool("/var/lib/app/modelab"),
 * });
 * ```
 *
 * @module
 */

import { ModelabError } from "../../engine/modelab_error.ts";
import type { Spool } from "../http/record_buffer.ts";
import { SpoolBuffer } from "./spool_buffer.ts";

export type { Spool };

/** How a spool keeps its files. */
export interface FileSpoolOptions {
  /**
   * How long all files of one client may be together, in bytes. Beyond it the
   * oldest records that are not in memory are dropped and counted.
   *
   * @default 67108864 (64 MiB)
   */
  readonly maxBytes?: number;
  /**
   * After so many milliseconds without a sign of life, a client's files are
   * taken over by another one. Every client gives one five times in it.
   *
   * @default 10000
   */
  readonly leaseMs?: number;
}

/**
 * Writes every record to a file before the call that made it returns, and
 * removes it when the server has answered for it. So what was recorded
 * survives the end of the process, by any signal, and goes out with the next
 * client that is given the same directory. Sent twice is counted once: the
 * server knows records by their ids.
 *
 * The system writes to the disk itself five times in a lease: what came after
 * that is lost when the machine loses power. When memory is full (`maxQueue`),
 * records go to the disk alone, and follow when there is room.
 *
 * Any number of processes may share a directory. Each has a subdirectory of
 * its own, of mode 0700: it holds user ids, configs and payloads. Where the
 * disk takes nothing, records wait in memory, as without a spool, and a report
 * of code `spool_failed` says so.
 *
 * @param directory Made when it is not there.
 * @returns What the option `spool` of one client takes.
 * @throws {ModelabError} When an option is out of range.
 *
 * @example
 * ```ts
 * import { fileSpool } from "./file_spool.ts";
 * import { Modelab } from "../../mod.ts";
 *
 * await using modelab = new Modelab({
 *   server: null, // say "http://localhost:8100"; null writes nothing
 *   spool: fileSpool("/var/lib/app/modelab", { maxBytes: 256 * 1024 ** 2 }),
 * });
 * ```
 */
export function fileSpool(
  directory: string,
  { maxBytes = 64 * 1024 ** 2, leaseMs = 10_000 }: FileSpoolOptions = {},
): Spool {
  if (typeof directory !== "string" || directory === "") {
    throw new ModelabError(
      `Cannot make a spool: directory must be a path, got ${
        JSON.stringify(directory)
      }`,
    );
  }
  check("maxBytes", maxBytes, 1024 ** 2, 1024 ** 4);
  check("leaseMs", leaseMs, 100, 3_600_000);
  return {
    open: (host) => new SpoolBuffer(directory, { maxBytes, leaseMs }, host),
  };
}

function check(name: string, value: unknown, min: number, max: number): void {
  if (typeof value !== "number" || !(value >= min && value <= max)) {
    throw new ModelabError(
      `Cannot make a spool: ${name} must be a number from ${min} to ${max}, ` +
        `got ${value}`,
    );
  }
}
