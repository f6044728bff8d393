import { parsePythonJson } from "./python_json.ts";
import { LIMITS } from "./validation/limits.ts";

/** A body that is as required, or the status and the words to refuse it with. */
export type JsonBody =
  | { readonly ok: true; readonly value: unknown; readonly bytes: number }
  | { readonly ok: false; readonly status: 400 | 413; readonly detail: string };

/** Reads the body of a request as JSON, or as what Python takes for JSON. */
export async function readJson(request: Request): Promise<JsonBody> {
  const bytes = await readBytes(request);
  if (bytes === null) {
    const detail = `The body must be of at most ${LIMITS.bodyBytes} bytes`;
    return { ok: false, status: 413, detail };
  }
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return refuse("The body must be UTF-8, got bytes that are not");
  }
  try {
    const value = parsePythonJson(text);
    return { ok: true, value, bytes: bytes.length };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return refuse(`The body must be JSON, got something else: ${reason}`);
  }
}

function refuse(detail: string): JsonBody {
  return { ok: false, status: 400, detail };
}

const FIRST_BUFFER = 64 * 1024;

/**
 * The body, or null when it is too large: no more than allowed is held.
 *
 * Chunks are copied, never kept: a chunk of one byte can hold on to a buffer
 * of 64 KiB.
 */
async function readBytes(request: Request): Promise<Uint8Array | null> {
  const length = Number(request.headers.get("content-length"));
  if (length > LIMITS.bodyBytes) {
    await request.body?.cancel();
    return null;
  }
  // Bytes that are only announced take no memory.
  let buffer = new Uint8Array(Math.min(length || FIRST_BUFFER, FIRST_BUFFER));
  let size = 0;
  for await (const chunk of request.body ?? []) {
    const needed = size + chunk.length;
    if (needed > LIMITS.bodyBytes) return null;
    if (needed > buffer.length) {
      const larger = new Uint8Array(Math.max(needed, buffer.length * 2));
      larger.set(buffer.subarray(0, size));
      buffer = larger;
    }
    buffer.set(chunk, size);
    size = needed;
  }
  return buffer.subarray(0, size);
}
