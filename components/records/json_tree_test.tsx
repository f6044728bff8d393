import assert from "node:assert/strict";
import { renderToString } from "preact-render-to-string";
import { JsonTree } from "./json_tree.tsx";

Deno.test("JsonTree shows every value as text, whatever is in it", () => {
  const html = renderToString(
    <JsonTree
      value={{
        "<b>": "<script>alert(1)</script>",
        list: [1, null, true],
        empty: {},
      }}
    />,
  );
  assert.ok(!html.includes("<script>") && !html.includes("<b>"));
  assert.match(html, /3 items/);
  assert.match(html, /<code>null<\/code>/);
  assert.match(html, /<code>\{\}<\/code>/);
});

Deno.test("JsonTree ends where a value is larger than a page", () => {
  const html = renderToString(
    <JsonTree value={Array.from({ length: 50_000 }, (_, at) => at)} />,
  );
  assert.ok(html.length < 300_000, `${html.length}`);
  assert.match(html, /the rest is left out/);
});
