/** What commits have written. */
export interface Written {
  commits: number;
  checks: number;
  mutations: number;
  /**
   * What Deno Deploy bills: every mutation in units of 1 KiB of key and value,
   * rounded up. A deletion is one.
   */
  writeUnits: number;
  /** The most mutations of one commit. */
  mostMutations: number;
}

const UNIT = 1024;
const encoder = new TextEncoder();

/** A database that counts what is committed. */
export function countingKv(kv: Deno.Kv): { kv: Deno.Kv; written: Written } {
  const written: Written = {
    commits: 0,
    checks: 0,
    mutations: 0,
    writeUnits: 0,
    mostMutations: 0,
  };
  const counting = new Proxy(kv, {
    get(target, name) {
      if (name === "atomic") {
        return () => countingAtomic(target.atomic(), written);
      }
      const value: unknown = Reflect.get(target, name);
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
  return { kv: counting, written };
}

function countingAtomic(
  atomic: Deno.AtomicOperation,
  written: Written,
): Deno.AtomicOperation {
  let mutations = 0;
  return new Proxy(atomic, {
    get(target, name, proxy) {
      const method: unknown = Reflect.get(target, name);
      if (typeof method !== "function") return method;
      return (...values: unknown[]) => {
        if (name === "commit") {
          written.commits++;
          written.mutations += mutations;
          written.mostMutations = Math.max(written.mostMutations, mutations);
          return method.apply(target, values);
        }
        if (name === "check") written.checks += values.length;
        else {
          mutations++;
          written.writeUnits += unitsOf(values);
        }
        method.apply(target, values);
        return proxy;
      };
    },
  });
}

function unitsOf(values: readonly unknown[]): number {
  const bytes = values.flat().reduce<number>(
    (sum, part) => sum + bytesOf(part),
    0,
  );
  return Math.max(1, Math.ceil(bytes / UNIT));
}

/** The bytes of a part of a key, with its framing, or of a value. */
function bytesOf(part: unknown): number {
  if (part instanceof Uint8Array) return part.length + 2;
  if (typeof part === "string") return encoder.encode(part).length + 2;
  return 9;
}
