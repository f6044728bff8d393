import assert from "node:assert/strict";
import type { ExitListener } from "./exit_hooks.ts";

function countingListener(): ExitListener & { hidden: number } {
  return {
    hidden: 0,
    beforeExit: () => Promise.resolve(),
    onHide() {
      this.hidden++;
    },
  };
}

Deno.test("addExitListener() calls when a page is hidden or left, until removed", async () => {
  const page = new EventTarget();
  Reflect.set(globalThis, "document", page);
  try {
    // A copy of its own: hooks are installed once, for what was there then.
    const { addExitListener, removeExitListener } = await import(
      "./exit_hooks.ts?page"
    );
    const listener = countingListener();
    addExitListener(listener);
    addExitListener(listener);
    Reflect.set(page, "visibilityState", "visible");
    page.dispatchEvent(new Event("visibilitychange"));
    assert.equal(listener.hidden, 0);
    Reflect.set(page, "visibilityState", "hidden");
    page.dispatchEvent(new Event("visibilitychange"));
    assert.equal(listener.hidden, 1);
    globalThis.dispatchEvent(new Event("pagehide"));
    assert.equal(listener.hidden, 2);
    removeExitListener(listener);
    page.dispatchEvent(new Event("visibilitychange"));
    assert.equal(listener.hidden, 2);
  } finally {
    Reflect.deleteProperty(globalThis, "document");
  }
});

Deno.test("addExitListener() takes a runtime that only looks like a browser", async () => {
  Reflect.set(globalThis, "document", { addEventListener: "no" });
  try {
    const { addExitListener } = await import("./exit_hooks.ts?odd");
    addExitListener(countingListener());
  } finally {
    Reflect.deleteProperty(globalThis, "document");
  }
});
