import type { Config } from "../config.ts";
import { Shares } from "./shares.ts";
import { TokenBuckets } from "./token_buckets.ts";
import type { Taken } from "./token_buckets.ts";

/** How many seconds' worth of requests may come at once. */
const BURST_SECONDS = 4;
/** A body pays for one more request with each so many bytes. */
const BYTES_PER_TOKEN = 64 * 1024;
const MIB = 1024 * 1024;
/** Bytes of bodies that are held at once, by all and by one client. */
const BODY_BYTES = 256 * MIB;
const BODY_BYTES_EACH = 128 * MIB;
/** Three quarters of what may wait for its commit. */
const WAITING_EACH = 15_000;

/** What a rate allows: null where there is no limit. */
export interface Rate {
  readonly perSecond: number;
  readonly burst: number;
  readonly buckets: TokenBuckets;
}

/** What bounds how much one client gets of the server. */
export class RequestLimits {
  /** By key; by address where there is no key. */
  readonly requests: Shares;
  readonly bodyBytes: Shares;
  /** The ledger itself bounds what waits in all. */
  readonly waitingRecords: Shares = new Shares(Infinity, WAITING_EACH);
  /** Exports under way: each reads all that is there. */
  readonly exports: Shares = new Shares(4, 2);
  readonly #perKey: Rate | null;
  readonly #perAddress: Rate | null;

  /** @param now Milliseconds of a clock that is never set back. */
  constructor(
    config: Pick<
      Config,
      "ratePerKey" | "ratePerAddress" | "maxRequests" | "maxRequestsPerClient"
    >,
    now: () => number,
  ) {
    const { ratePerKey, ratePerAddress } = config;
    this.requests = new Shares(config.maxRequests, config.maxRequestsPerClient);
    this.bodyBytes = new Shares(BODY_BYTES, BODY_BYTES_EACH);
    this.#perKey = rateOf(ratePerKey, now);
    this.#perAddress = rateOf(ratePerAddress, now);
  }

  /** Counts a request of an address; null where addresses have no limit. */
  takeAddress(address: string): RateState | null {
    return take(this.#perAddress, address);
  }

  /** Counts a request of a key; null where keys have no limit. */
  takeKey(id: string): RateState | null {
    return take(this.#perKey, id);
  }

  /** Lets a body pay for its size. */
  chargeBody(id: string, bytes: number): void {
    this.#perKey?.buckets.charge(id, Math.floor(bytes / BYTES_PER_TOKEN));
  }
}

/** Where a client stands, and the headers that say so. */
export interface RateState extends Taken {
  readonly headers: { readonly [name: string]: string };
}

function rateOf(perSecond: number, now: () => number): Rate | null {
  if (perSecond === 0) return null;
  const burst = perSecond * BURST_SECONDS;
  return {
    perSecond,
    burst,
    buckets: new TokenBuckets(perSecond, burst, now),
  };
}

/** Headers: draft-ietf-httpapi-ratelimit-headers-10. */
function take(rate: Rate | null, name: string): RateState | null {
  if (rate === null) return null;
  const { buckets, burst, perSecond } = rate;
  const taken = buckets.take(name);
  const full = Math.ceil((burst - taken.left) / perSecond);
  const headers = {
    "ratelimit-policy": `"requests";q=${burst};w=${BURST_SECONDS}`,
    "ratelimit": `"requests";r=${taken.left};t=${full}`,
  };
  return { ...taken, headers };
}
