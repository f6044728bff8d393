import { methodOf, readProperty } from "../../engine/read_property.ts";

/** Something that wants a last word before the process ends or the page goes. */
export interface ExitListener {
  /** The process has nothing left to do; a promise keeps it alive. */
  beforeExit(): Promise<void>;
  /** The page is being hidden, and may not come back. */
  onHide(): void;
}

const listeners = new Set<ExitListener>();
let installed = false;

/**
 * Calls a listener when the process runs out of work (Deno, Node, Bun) or the
 * page is hidden (browsers), until `removeExitListener()`.
 *
 * All listeners share one hook of the runtime, installed at the first call:
 * edge workers, which have neither, lose nothing. A process that is told to
 * stop at once (`process.exit()`, a signal) asks nobody.
 */
export function addExitListener(listener: ExitListener): void {
  listeners.add(listener);
  if (installed) return;
  installed = true;
  try {
    onProcessExit(() => {
      for (const each of listeners) void each.beforeExit();
    });
    onPageHide(() => {
      for (const each of listeners) each.onHide();
    });
  } catch {
    // A runtime that only looks like one of these: records go by the timer.
  }
}

/** Stops calling a listener. */
export function removeExitListener(listener: ExitListener): void {
  listeners.delete(listener);
}

function onProcessExit(callback: () => void): void {
  const runtime = readProperty(globalThis, "process");
  methodOf(runtime, "on")?.call(runtime, "beforeExit", callback);
}

function onPageHide(callback: () => void): void {
  const page = readProperty(globalThis, "document");
  if (!(page instanceof EventTarget)) return;
  page.addEventListener("visibilitychange", () => {
    if (readProperty(page, "visibilityState") === "hidden") callback();
  });
  // Safari gives no visibilitychange when a page is left.
  globalThis.addEventListener("pagehide", callback);
}
