import { nonceOf } from "./security_headers.ts";

/** Options of {@linkcode KeptAnswers}. */
export interface KeptAnswersOptions {
  /** Bytes of all bodies together. @default 16 MiB */
  readonly mostBytes?: number;
  /** A clock that never goes back, in milliseconds. */
  readonly clock: () => number;
}

interface Kept {
  readonly version: string;
  readonly until: number;
  /** Null where the answer is none to keep. */
  readonly answer: Promise<Answer | null>;
  /** Bytes that it takes; 0 until it is there. */
  size: number;
}

interface Answer {
  readonly headers: Headers;
  readonly body: Uint8Array<ArrayBuffer>;
}

/** Pages say how long ago something was: to these milliseconds. */
const KEPT_FOR = 5_000;
const MOST_BYTES = 16 * 2 ** 20;
/** So that no answer takes the room of all others. */
const MOST_SHARE = 1 / 4;

/**
 * Answers about a flag, kept for whoever asks the same while no figure of the
 * flag has changed. The version is read for each request before its answer is
 * looked for, so that no answer is older than the figures at that moment,
 * whichever process has changed them. Who asks while the answer is being made
 * waits for it.
 */
export class KeptAnswers {
  readonly #kept: Map<string, Kept> = new Map();
  readonly #mostBytes: number;
  readonly #clock: () => number;
  #bytes = 0;

  constructor({ mostBytes = MOST_BYTES, clock }: KeptAnswersOptions) {
    this.#mostBytes = mostBytes;
    this.#clock = clock;
  }

  /**
   * The answer to a question, made anew where it is not kept.
   *
   * @param version That of the figures, read for this request; empty where
   * there are none, or where they may not be seen: nothing is kept then.
   * @param question Everything else that the answer depends on.
   * @param make Its answer is kept if its status is 200, and it has no nonce.
   */
  async answer<R extends Response | null>(
    version: string,
    question: string,
    make: () => Promise<R>,
  ): Promise<R | Response> {
    if (version === "") return await make();
    const known = this.#kept.get(question);
    if (known?.version === version && known.until > this.#clock()) {
      const answer = await known.answer;
      if (answer !== null) {
        if (this.#kept.get(question) === known) {
          // The latest is the last to go.
          this.#kept.delete(question);
          this.#kept.set(question, known);
        }
        return responseOf(answer);
      }
    }
    return await this.#make(version, question, make);
  }

  async #make<R extends Response | null>(
    version: string,
    question: string,
    make: () => Promise<R>,
  ): Promise<R | Response> {
    const promised = Promise.withResolvers<Answer | null>();
    const entry: Kept = {
      version,
      until: this.#clock() + KEPT_FOR,
      answer: promised.promise,
      size: 0,
    };
    this.#forget(question);
    this.#kept.set(question, entry);
    let answer: Answer | null = null;
    try {
      const response = await make();
      // A nonce is for one answer.
      if (response?.status !== 200 || nonceOf(response) !== null) {
        return response;
      }
      const body = new Uint8Array(await response.arrayBuffer());
      answer = { headers: response.headers, body };
      return responseOf(answer);
    } finally {
      promised.resolve(answer);
      // Another version of it may have come meanwhile.
      if (this.#kept.get(question) === entry) {
        this.#settle(question, entry, answer);
      }
    }
  }

  /** Keeps what has come, and lets go of what is too much. */
  #settle(question: string, entry: Kept, answer: Answer | null): void {
    const size = (answer?.body.byteLength ?? 0) + question.length;
    if (answer === null || size > this.#mostBytes * MOST_SHARE) {
      this.#forget(question);
      return;
    }
    entry.size = size;
    this.#bytes += size;
    for (const oldest of this.#kept.keys()) {
      if (this.#bytes <= this.#mostBytes) break;
      this.#forget(oldest);
    }
  }

  #forget(question: string): void {
    this.#bytes -= this.#kept.get(question)?.size ?? 0;
    this.#kept.delete(question);
  }
}

function responseOf({ headers, body }: Answer): Response {
  return new Response(body, { headers: new Headers(headers) });
}
