/** What happens to a commit: it succeeds, or one of the ways in which it fails. */
export type Fault = "none" | "locked" | "unanswered" | "conflict" | "broken";

/**
 * A database whose commits fail as a list of faults says, in turn:
 * `locked` fails before anything is written, `unanswered` after all of it has
 * been, `conflict` as if another writer had come before, `broken` before
 * anything is written and for no known reason.
 */
export function faultyKv(kv: Deno.Kv, faults: Fault[]): Deno.Kv {
  return new Proxy(kv, {
    get(target, name) {
      if (name === "atomic") {
        return () => faultyAtomic(target.atomic(), faults);
      }
      const value: unknown = Reflect.get(target, name);
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
}

function faultyAtomic(
  atomic: Deno.AtomicOperation,
  faults: Fault[],
): Deno.AtomicOperation {
  return new Proxy(atomic, {
    get(target, name, proxy) {
      if (name === "commit") return () => commit(target, faults.shift());
      const value: unknown = Reflect.get(target, name);
      if (typeof value !== "function") return value;
      return (...values: unknown[]) => {
        value.apply(target, values);
        return proxy;
      };
    },
  });
}

async function commit(
  atomic: Deno.AtomicOperation,
  fault: Fault = "none",
): Promise<Deno.KvCommitResult | Deno.KvCommitError> {
  if (fault === "locked") throw new TypeError("database is locked");
  if (fault === "broken") throw new Error("disk I/O error");
  if (fault === "conflict") return { ok: false };
  const result = await atomic.commit();
  if (fault === "unanswered") throw new TypeError("connection reset");
  return result;
}
