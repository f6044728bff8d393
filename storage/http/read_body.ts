import { isRecord } from "../../engine/demand.ts";

const MAX_BYTES = 4 * 1024 * 1024;

/**
 * The body of a response as parsed JSON, or null when it is no JSON or larger
 * than 4 MiB: what answers need not be the server that was meant.
 *
 * @throws When the connection breaks, or the request is aborted, meanwhile.
 *
 * @example
 * ```ts
 * import { readJson } from "./read_body.ts";
 * import assert from "node:assert/strict";
 *
 * assert.deepEqual(await readJson(new Response('{"a":1}')), { a: 1 });
 * assert.equal(await readJson(new Response("<html>")), null);
 * ```
 */
export async function readJson(response: Response): Promise<unknown> {
  if (response.body === null) return null;
  const reader = response.body.getReader();
  const decoder = new TextDecoder();
  let text = "";
  let bytes = 0;
  while (true) {
    const { done, value } = await reader.read();
    if (done) break;
    bytes += value.byteLength;
    if (bytes > MAX_BYTES) {
      await reader.cancel();
      return null;
    }
    text += decoder.decode(value, { stream: true });
  }
  try {
    return JSON.parse(text + decoder.decode());
  } catch {
    return null;
  }
}

/**
 * The words of a problem report, for people; empty when there are none.
 *
 * Source: RFC 9457, section 3.1.
 */
export function problemText(body: unknown): string {
  if (!isRecord(body)) return "";
  const text = body["detail"] ?? body["title"];
  return typeof text === "string" ? text.slice(0, 300) : "";
}
