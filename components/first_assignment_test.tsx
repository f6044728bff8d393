import assert from "node:assert/strict";
import { renderToString } from "preact-render-to-string";
import { FirstAssignment } from "./first_assignment.tsx";

Deno.test("the page shows code that sends to its server, as text that can be selected", () => {
  const html = renderToString(
    <FirstAssignment server="https://lab.example:8100" />,
  );
  assert.match(html, /<pre[^>]*><code>import \{ assign, init, shutdown \}/);
  assert.match(html, /server: (?:"|&quot;)https:\/\/lab\.example:8100/);
  assert.match(html, /await shutdown\(\);/);
  assert.match(html, /<pre[^>]*><code>import modelab/);
});
