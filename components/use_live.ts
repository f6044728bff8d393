import { type Signal, useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { Poller, type PollStatus } from "./poller.ts";

/** What keeps an island fresh. */
export interface Live {
  readonly status: Signal<PollStatus>;
  /** Asks at once instead of when it is next due. */
  refresh(): void;
}

/**
 * Loads every two seconds while the page is visible.
 *
 * @param load Asks once and shows the answer. It may read signals: the newest
 * values count.
 */
export function useLive(load: (signal: AbortSignal) => Promise<void>): Live {
  const status = useSignal<PollStatus>({ kind: "static" });
  const poller = useRef<Poller | null>(null);

  useEffect(() => {
    const current = new Poller({
      load,
      onStatus: (next) => {
        status.value = next;
      },
      now: Date.now,
      schedule: (run, delayMs) => {
        const timer = setTimeout(run, delayMs);
        return () => clearTimeout(timer);
      },
    });
    const onVisibility = (): void =>
      document.hidden ? current.pause() : current.refresh();
    poller.current = current;
    // The server has only just rendered it.
    status.value = { kind: "live" };
    onVisibility();
    document.addEventListener("visibilitychange", onVisibility);
    return () => {
      document.removeEventListener("visibilitychange", onVisibility);
      current.pause();
    };
  }, []);

  return { status, refresh: () => poller.current?.refresh() };
}
