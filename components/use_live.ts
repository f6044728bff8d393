import { type Signal, useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { Poller, type PollStatus } from "./poller.ts";

/** What keeps an island fresh. */
export interface Live {
  readonly status: Signal<PollStatus>;
  /** Asks at once instead of when it is next due. */
  refresh(): void;
  /** Leaves the figures as they are, or lets them go on. */
  setPaused(paused: boolean): void;
}

/**
 * Loads while the page is visible: when the server says that there is news,
 * or every two seconds where it cannot say so.
 *
 * @param newsPath Where the server's events come from.
 * @param load Asks once and shows the answer. It may read signals: the newest
 * values count.
 */
export function useLive(
  newsPath: string,
  load: (signal: AbortSignal) => Promise<void>,
): Live {
  const status = useSignal<PollStatus>({ kind: "static" });
  const paused = useRef(false);
  const poller = useRef<Poller | null>(null);
  const restart = useRef<() => void>(() => {});

  useEffect(() => {
    let news: EventSource | null = null;
    const current = new Poller({
      load,
      onStatus: (next) => {
        status.value = next;
        if (next.kind === "signed_out") news?.close();
      },
      announced: () => news?.readyState === EventSource.OPEN,
      now: Date.now,
      schedule: (run, delayMs) => {
        const timer = setTimeout(run, delayMs);
        return () => clearTimeout(timer);
      },
    });
    const stop = (): void => {
      news?.close();
      news = null;
      current.pause();
    };
    const start = (): void => {
      stop();
      if (document.hidden || paused.current) return;
      news = new EventSource(newsPath);
      news.onmessage = () => current.announce();
      // The browser connects again by itself; until then it is asked.
      news.onerror = () => current.announce();
      current.refresh();
    };
    poller.current = current;
    restart.current = start;
    // The server has only just rendered it.
    status.value = { kind: "live" };
    start();
    document.addEventListener("visibilitychange", start);
    return () => {
      document.removeEventListener("visibilitychange", start);
      stop();
    };
  }, []);

  return {
    status,
    refresh: () => poller.current?.refresh(),
    setPaused(next) {
      paused.current = next;
      restart.current();
      if (next) status.value = { kind: "paused" };
    },
  };
}
