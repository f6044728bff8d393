import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import type { Shares } from "./limits/shares.ts";
import { described } from "./validation/field.ts";

/** What a body may be, and how long it may take to come. */
export interface BodyLimits {
  /** As it comes, and again after decompression. */
  readonly maxBytes: number;
  readonly timeoutMs: number;
  /** Whose memory it takes, and of which. */
  readonly shares: Shares;
  readonly client: string;
}

/** A body, or the status and the words to refuse it with. */
export type Body =
  | { readonly ok: true; readonly bytes: Uint8Array }
  | {
    readonly ok: false;
    readonly status: 400 | 408 | 413 | 415 | 429 | 503;
    readonly detail: string;
  };

const FIRST_BUFFER = 64 * 1024;
const inflate = promisify(gunzip);

/**
 * Reads the body of a request, and hands it on: the memory that it takes is
 * the client's until then.
 *
 * @param use What is done with it.
 */
export async function withBody<T>(
  request: Request,
  limits: BodyLimits,
  use: (body: Body) => Promise<T> | T,
): Promise<T> {
  const memory = new Memory(limits);
  try {
    return await use(await readBody(request, limits, memory));
  } finally {
    memory.give();
  }
}

async function readBody(
  request: Request,
  { maxBytes, timeoutMs }: BodyLimits,
  memory: Memory,
): Promise<Body> {
  const encoding = request.headers.get("content-encoding")?.toLowerCase() ??
    "identity";
  if (encoding !== "identity" && encoding !== "gzip") {
    await request.body?.cancel();
    return refuse(
      415,
      `Content-Encoding must be gzip, or none, got ${described(encoding)}`,
    );
  }
  const tooLarge = refuse(
    413,
    `The body must be of at most ${maxBytes} bytes, also when decompressed`,
  );
  const length = Number(request.headers.get("content-length"));
  if (length > maxBytes) {
    await request.body?.cancel();
    return tooLarge;
  }
  const read = await readChunks(request, length, maxBytes, timeoutMs, memory);
  if (read === "too large") return tooLarge;
  if (!(read instanceof Uint8Array)) return read;
  if (encoding === "identity") return { ok: true, bytes: read };
  // What it will become is not known before.
  const refused = memory.take(maxBytes);
  if (refused !== null) return refused;
  try {
    const bytes = await inflate(read, { maxOutputLength: maxBytes });
    return { ok: true, bytes };
  } catch (error) {
    return error instanceof RangeError
      ? tooLarge
      : refuse(400, "The body must be gzip, got something else");
  }
}

/**
 * Chunks are copied, never kept: a chunk of one byte can hold on to a buffer
 * of 64 KiB.
 */
async function readChunks(
  request: Request,
  length: number,
  maxBytes: number,
  timeoutMs: number,
  memory: Memory,
): Promise<Uint8Array | Body | "too large"> {
  const reader = request.body?.getReader();
  if (reader === undefined) return new Uint8Array();
  // Bytes that are only announced take no memory.
  let buffer = new Uint8Array(Math.min(length || FIRST_BUFFER, FIRST_BUFFER));
  let size = 0;
  let late = false;
  const timer = setTimeout(() => {
    late = true;
    reader.cancel().catch(() => {});
  }, timeoutMs);
  try {
    const first = memory.take(buffer.length);
    if (first !== null) return first;
    for (;;) {
      const { done, value } = await reader.read();
      if (late) {
        return refuse(
          408,
          `The body must be complete within ${timeoutMs} ms, got ${size} bytes`,
        );
      }
      if (done) return buffer.subarray(0, size);
      const needed = size + value.length;
      if (needed > maxBytes) return "too large";
      if (needed > buffer.length) {
        const larger = Math.max(needed, buffer.length * 2);
        const refused = memory.take(larger - buffer.length);
        if (refused !== null) return refused;
        const copy = new Uint8Array(larger);
        copy.set(buffer.subarray(0, size));
        buffer = copy;
      }
      buffer.set(value, size);
      size = needed;
    }
  } catch {
    // The client has hung up, or sent what is no HTTP.
    return refuse(400, `The body must arrive whole, got ${size} bytes`);
  } finally {
    clearTimeout(timer);
    await reader.cancel().catch(() => {});
  }
}

/** The bytes that one request holds of its client's share. */
class Memory {
  readonly #limits: BodyLimits;
  #held = 0;

  constructor(limits: BodyLimits) {
    this.#limits = limits;
  }

  /** Takes bytes, or says why there are none. */
  take(bytes: number): Body | null {
    const { shares, client } = this.#limits;
    const taken = shares.take(client, bytes);
    if (taken === "taken") {
      this.#held += bytes;
      return null;
    }
    return taken === "each"
      ? refuse(429, "Too many bytes of this client's bodies are held already")
      : refuse(503, "Too many bytes of bodies are held already");
  }

  give(): void {
    this.#limits.shares.give(this.#limits.client, this.#held);
    this.#held = 0;
  }
}

function refuse(
  status: 400 | 408 | 413 | 415 | 429 | 503,
  detail: string,
): Body {
  return { ok: false, status, detail };
}
