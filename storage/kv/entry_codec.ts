import type { EventType, JsonObject } from "../../engine/records.ts";
import type { Entry } from "./entry.ts";

/**
 * An entry as a JSON array: a third of the size of an object with names.
 *
 * | kind | fields |
 * | --- | --- |
 * | 0 assignment | 0, time, when, flag, variant, user, session, config hash, setup hash, overridden, more |
 * | 1 execution | 1, time, when, id, latency, input, output, cost, error, metadata, more |
 * | 2 event | 2, time, when, id, type, name, payload, more |
 *
 * `when` is 0 for an entry that counts at its own time, -1 when it also came
 * late, else the time at which it counts. Empty objects are 0.
 */
export function encodeEntry(entry: Entry): string {
  const own = entry.time === null ? null : Math.floor(entry.time / 1000);
  const when = own !== entry.at ? entry.at : entry.late ? -1 : 0;
  const more = packed(entry.more);
  switch (entry.kind) {
    case "assignment":
      return JSON.stringify([
        0,
        entry.time,
        when,
        entry.flag,
        entry.variant,
        entry.user,
        entry.session,
        entry.configHash,
        entry.setupHash,
        entry.overridden ? 1 : 0,
        more,
      ]);
    case "execution":
      return JSON.stringify([
        1,
        entry.time,
        when,
        entry.id,
        entry.latency,
        entry.input,
        entry.output,
        entry.cost,
        entry.error,
        packed(entry.metadata),
        more,
      ]);
    case "event":
      return JSON.stringify([
        2,
        entry.time,
        when,
        entry.id,
        entry.type,
        entry.name,
        packed(entry.payload),
        more,
      ]);
  }
}

/**
 * The reverse of {@linkcode encodeEntry}.
 *
 * @throws {TypeError} The fields are none that it writes: the database holds
 * something else than a ledger.
 */
export function decodeEntry(fields: unknown): Entry {
  if (!Array.isArray(fields)) throw malformed(fields);
  const [kind, time, when, ...rest]: unknown[] = fields;
  const timed = {
    time: numberOrNull(time),
    at: when === 0 || when === -1
      ? Math.floor(number(time) / 1000)
      : number(when),
    late: when === -1,
  };
  if (kind === 0) {
    const [flag, variant, user, session, configHash, setupHash, ...others] =
      rest;
    const [overridden, more] = others;
    return {
      kind: "assignment",
      ...timed,
      flag: string(flag),
      variant: string(variant),
      user: string(user),
      session: string(session),
      configHash: string(configHash),
      setupHash: setupHash === null ? null : string(setupHash),
      overridden: overridden === 1,
      more: unpacked(more),
    };
  }
  if (kind === 1) {
    const [id, latency, input, output, cost, error, metadata, more] = rest;
    return {
      kind: "execution",
      ...timed,
      id: id === null ? null : string(id),
      latency: numberOrNull(latency),
      input: numberOrNull(input),
      output: numberOrNull(output),
      cost: numberOrNull(cost),
      error: error === null ? null : string(error),
      metadata: unpacked(metadata),
      more: unpacked(more),
    };
  }
  if (kind === 2) {
    const [id, type, name, payload, more] = rest;
    return {
      kind: "event",
      ...timed,
      id: string(id),
      type: eventType(type),
      name: string(name),
      payload: unpacked(payload),
      more: unpacked(more),
    };
  }
  throw malformed(fields);
}

function packed(object: JsonObject): JsonObject | 0 {
  for (const _ in object) return object;
  return 0;
}

function unpacked(value: unknown): JsonObject {
  if (value === 0) return {};
  if (!isObject(value)) throw malformed(value);
  return value;
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function string(value: unknown): string {
  if (typeof value !== "string") throw malformed(value);
  return value;
}

function number(value: unknown): number {
  if (typeof value !== "number") throw malformed(value);
  return value;
}

function numberOrNull(value: unknown): number | null {
  return value === null ? null : number(value);
}

function eventType(value: unknown): EventType {
  if (value === "success" || value === "failure" || value === "custom") {
    return value;
  }
  throw malformed(value);
}

function malformed(value: unknown): TypeError {
  const text = JSON.stringify(value) ?? String(value);
  return new TypeError(
    `The ledger holds what no modelab wrote: ${text.slice(0, 200)}`,
  );
}
