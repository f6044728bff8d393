import type { Scope } from "../../storage/kv/access_keys.ts";
import { allows, OPEN } from "./access.ts";
import type { Access } from "./access.ts";
import { isLocal } from "./is_local.ts";
import { isOwnPage } from "./is_own_page.ts";
import type { ActiveKey, KeyRing } from "./key_ring.ts";
import { keyParts } from "./key_text.ts";
import type { Need } from "./need.ts";
import { sessionKey } from "./session.ts";
import type { TokenBuckets } from "../limits/token_buckets.ts";

/** Who may come in, or the status and the words to refuse with. */
export type Admission =
  | { readonly ok: true; readonly access: Access }
  | {
    readonly ok: false;
    readonly status: 401 | 403 | 429;
    readonly detail: string;
    /** Whether signing in with another key would help. */
    readonly signIn: boolean;
    /** Seconds after which another attempt is answered. */
    readonly wait?: number;
  };

/** What is known of whoever needs no key. */
const ANYBODY: Access = {
  id: "anybody",
  scopes: [],
  flagPrefix: null,
  isSession: false,
};

const SAFE_METHODS = new Set(["GET", "HEAD", "OPTIONS"]);

/** Decides who may come in. */
export class Gate {
  readonly ring: KeyRing;
  readonly #failures: TokenBuckets;
  readonly #now: () => number;

  /**
   * @param failures Wrong keys that an address may still send.
   * @param now Epoch milliseconds.
   */
  constructor(ring: KeyRing, failures: TokenBuckets, now: () => number) {
    this.ring = ring;
    this.#failures = failures;
    this.#now = now;
  }

  /**
   * Decides about a request.
   *
   * @param address Whom wrong keys are counted against.
   * @throws {KeysUnavailableError} The database does not answer.
   */
  async admit(
    request: Request,
    need: Need,
    address: string,
  ): Promise<Admission> {
    if (need === "nothing") return { ok: true, access: ANYBODY };
    await this.ring.refresh();
    const scope: Scope = need === "read all" ? "read" : need;
    if (this.ring.isOpen(scope)) {
      return isLocal(request) ? { ok: true, access: OPEN } : {
        ok: false,
        status: 403,
        signIn: false,
        detail:
          "Without a key the server answers its own machine alone, as localhost. Set MODELAB_API_KEY and MODELAB_READ_KEY, or make keys, to be reached under another name",
      };
    }
    const text = sentKey(request);
    if (text === "") return this.#admitSession(request, need, scope);
    const key = this.identify(text, address);
    if (typeof key === "number") return tooManyWrong(key);
    if (key === null) return refused(401, scope, "another");
    return decide(key.access, need, scope);
  }

  /**
   * The key that a text is; null when it is none, or the seconds to wait when
   * too many wrong ones came from the address.
   *
   * Keys of 256 random bits cannot be guessed. What counts are attempts at the
   * environment's keys, which can be of any length.
   */
  identify(text: string, address: string): ActiveKey | number | null {
    if (keyParts(text) !== null) return this.ring.stored(text);
    const { ok, wait } = this.#failures.look(address);
    if (!ok) return wait;
    const key = this.ring.fromEnvironment(text);
    if (key === null) this.#failures.take(address);
    return key;
  }

  #admitSession(request: Request, need: Need, scope: Scope): Admission {
    const key = sessionKey(request, this.ring, this.#now());
    if (key === null) return refused(401, scope, "none");
    if (!SAFE_METHODS.has(request.method) && !isOwnPage(request)) {
      return {
        ok: false,
        status: 403,
        signIn: false,
        detail:
          "A request with a session must come from a page of this server, got one from another",
      };
    }
    return decide({ ...key.access, isSession: true }, need, scope);
  }
}

/** The key that a request carries; empty when it carries none. */
export function sentKey({ headers }: Request): string {
  const bearer = /^Bearer +(\S+)$/i.exec(headers.get("authorization") ?? "");
  return headers.get("x-api-key") ?? bearer?.[1] ?? "";
}

function decide(access: Access, need: Need, scope: Scope): Admission {
  if (allows(access, need)) return { ok: true, access };
  if (need === "read all" && allows(access, "read")) {
    return {
      ok: false,
      status: 403,
      signIn: true,
      detail: `The key must not be limited to some flags, got one for ${
        JSON.stringify(access.flagPrefix)
      }`,
    };
  }
  const has = access.isSession ? "a session" : access.scopes.join(" and ");
  return refused(403, scope, `one with ${has}`);
}

function refused(
  status: 401 | 403,
  scope: Scope,
  got: string,
): Admission {
  const detail =
    `The request must carry a key with the scope ${scope} as X-API-Key or Authorization: Bearer, got ${got}`;
  return { ok: false, status, detail, signIn: true };
}

function tooManyWrong(wait: number): Admission {
  const detail =
    `Too many wrong keys came from this address: wait for ${wait} s`;
  return { ok: false, status: 429, detail, signIn: false, wait };
}
