import { isObject } from "../../engine/demand.ts";
import { readProperty } from "../../engine/read_property.ts";

/**
 * Names of events that come before anything was written; and Anthropic's of a
 * whole message, which is no first token.
 */
const BEFORE = /start|created|progress|queued|added|ping|metadata|^message$/i;

/**
 * Whether a part of a stream brings something that the model wrote, and not
 * only word that it began: OpenAI's first chunk has a role and no text,
 * Anthropic's first event is `message_start`, the AI SDK's is `start`.
 *
 * @example
 * ```ts
 * import { isToken } from "./first_token.ts";
 * import assert from "node:assert/strict";
 *
 * assert.equal(isToken({ type: "message_start" }), false);
 * assert.equal(isToken({ choices: [{ delta: { content: "" } }] }), false);
 * assert.equal(isToken({ choices: [{ delta: { content: "Hi" } }] }), true);
 * ```
 */
export function isToken(chunk: unknown): boolean {
  if (!isObject(chunk)) return chunk !== "";
  const part = readProperty(chunk, "part") ?? readProperty(chunk, "data") ??
    chunk;
  const type = readProperty(part, "type");
  if (typeof type === "string" && BEFORE.test(type)) return false;
  const choices = readProperty(part, "choices");
  if (Array.isArray(choices)) {
    return choices.some((choice) =>
      hasContent(readProperty(choice, "delta")) ||
      isWritten(readProperty(choice, "text"))
    );
  }
  // LangChain's first message is empty; Bedrock names its events by a field.
  return readProperty(part, "content") !== "" &&
    readProperty(part, "messageStart") === undefined &&
    readProperty(part, "contentBlockStart") === undefined;
}

function hasContent(delta: unknown): boolean {
  return isObject(delta) &&
    Object.keys(delta).some((name) =>
      name !== "role" && isWritten(readProperty(delta, name))
    );
}

function isWritten(value: unknown): boolean {
  return Array.isArray(value) ? value.length > 0 : Boolean(value);
}
