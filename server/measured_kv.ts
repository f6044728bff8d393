import { isLocked } from "../storage/kv/while_locked.ts";
import { trace } from "@opentelemetry/api";
import type { CommitEnd } from "./metrics.ts";

/** Told of each attempt to commit, and how long it took. */
export type CommitObserver = (result: CommitEnd, seconds: number) => void;

const tracer = trace.getTracer("modelab");

/**
 * Lets an observer see the commits of a database. What it is told holds for
 * every writer, whatever it writes. Each is a span, too: `modelab.commit`.
 */
export function observeCommits(kv: Deno.Kv, observe: CommitObserver): void {
  const begin = kv.atomic.bind(kv);
  kv.atomic = () => {
    const atomic = begin();
    const send = atomic.commit.bind(atomic);
    atomic.commit = async () => {
      const start = performance.now();
      const span = tracer.startSpan("modelab.commit");
      const end = (result: CommitEnd): void => {
        span.setAttribute("modelab.result", result);
        span.end();
        observe(result, (performance.now() - start) / 1000);
      };
      try {
        const result = await send();
        end(result.ok ? "ok" : "conflict");
        return result;
      } catch (error) {
        end(isLocked(error) ? "locked" : "error");
        throw error;
      }
    };
    return atomic;
  };
}
