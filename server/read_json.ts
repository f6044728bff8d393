import { LIMITS } from "./validation/limits.ts";

/** A body that is as required, or the status and the words to refuse it with. */
export type JsonBody =
  | { readonly ok: true; readonly value: unknown; readonly bytes: number }
  | { readonly ok: false; readonly status: 400 | 413; readonly detail: string };

/**
 * Reads the body of a request as JSON.
 *
 * Python's json.dumps writes NaN and Infinity, which are no JSON: they are
 * read as strings, so that only the record that holds one is refused.
 */
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
    const value = parse(text);
    return { ok: true, value, bytes: bytes.length };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return refuse(`The body must be JSON, got something else: ${reason}`);
  }
}

function refuse(detail: string): JsonBody {
  return { ok: false, status: 400, detail };
}

/** The body, or null when it is too large: no more than allowed is held. */
async function readBytes(request: Request): Promise<Uint8Array | null> {
  if (Number(request.headers.get("content-length")) > LIMITS.bodyBytes) {
    await request.body?.cancel();
    return null;
  }
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body ?? []) {
    size += chunk.length;
    if (size > LIMITS.bodyBytes) return null;
    chunks.push(chunk);
  }
  const [only] = chunks;
  if (only !== undefined && chunks.length === 1) return only;
  const bytes = new Uint8Array(size);
  let offset = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, offset);
    offset += chunk.length;
  }
  return bytes;
}

const STRING_OR_NO_NUMBER = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\bInfinity\b|\bNaN\b/g;

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (!/\b(?:NaN|Infinity)\b/.test(text)) throw error;
    return JSON.parse(
      text.replace(
        STRING_OR_NO_NUMBER,
        (token) => token.startsWith('"') ? token : `"${token}"`,
      ),
    );
  }
}
