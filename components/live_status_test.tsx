import assert from "node:assert/strict";
import { renderToString } from "preact-render-to-string";
import { LiveStatus, type LiveStatusProps } from "./live_status.tsx";

Deno.test("it says since when nothing arrives, in a polite live region", () => {
  const since = Date.parse("2026-11-24T12:00:05Z");
  const html = renderToString(
    <LiveStatus status={{ kind: "stale", since }} signInHref="/sign-in" />,
  );
  assert.match(html, /aria-live="polite"/);
  assert.match(html, /Not updating since 12:00:05 UTC/);
});

Deno.test("it leads to the sign-in page when the session has ended", () => {
  const html = renderToString(
    <LiveStatus
      status={{ kind: "signed_out" }}
      signInHref="/sign-in?next=%2F"
    />,
  );
  assert.match(html, /session has ended.*<a href="\/sign-in\?next=%2F">/s);
});

Deno.test("it can be paused while there is something to pause", () => {
  const labelWith = (status: LiveStatusProps["status"]): string | null =>
    /<button[^>]*>([^<]*)</.exec(renderToString(
      <LiveStatus status={status} signInHref="/sign-in" onPaused={() => {}} />,
    ))?.[1] ?? null;
  assert.equal(labelWith({ kind: "live" }), "Pause");
  assert.equal(labelWith({ kind: "stale", since: 0 }), "Pause");
  assert.equal(labelWith({ kind: "paused" }), "Resume");
  assert.equal(labelWith({ kind: "signed_out" }), null);
  assert.equal(labelWith({ kind: "static" }), null);
});
