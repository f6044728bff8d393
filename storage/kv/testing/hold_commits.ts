/**
 * What becomes of a commit; with a promise it is written, and its answer comes
 * when that resolves.
 */
export type Fate = "written" | "conflict" | Promise<void>;

/** A commit that waits to be told what becomes of it. */
export type Held = (fate: Fate) => void;

/** Holds every commit of a database until the test lets it go. */
export function holdCommits(kv: Deno.Kv): { next: () => Promise<Held> } {
  const held: Held[] = [];
  const waiting: ((commit: Held) => void)[] = [];
  const begin = kv.atomic.bind(kv);
  Reflect.set(kv, "atomic", () => {
    const atomic = begin();
    const send = atomic.commit.bind(atomic);
    Reflect.set(atomic, "commit", async () => {
      // Boxed, since a promise that resolves to a promise waits for it.
      const { fate } = await new Promise<{ fate: Fate }>((resolve) => {
        const hold: Held = (fate) => resolve({ fate });
        const next = waiting.shift();
        if (next === undefined) held.push(hold);
        else next(hold);
      });
      if (fate === "conflict") return { ok: false };
      const result = await send();
      if (fate !== "written") await fate;
      return result;
    });
    return atomic;
  });
  return {
    next: () =>
      new Promise((resolve) => {
        const first = held.shift();
        if (first === undefined) waiting.push(resolve);
        else resolve(first);
      }),
  };
}

/** Gives every commit the same fate, until an answer is there. */
export async function letGo(
  next: () => Promise<Held>,
  answer: Promise<unknown>,
  fate: Fate,
): Promise<void> {
  let settled = false;
  const end = answer.finally(() => settled = true).then(() => null);
  while (!settled) (await Promise.race([next(), end]))?.(fate);
}
