import assert from "node:assert/strict";
import { renderToString } from "preact-render-to-string";
import { FirstAssignment } from "./first_assignment.tsx";
import { firstAssignmentCode } from "./first_assignment_code.ts";

Deno.test("the code sends to the server that shows it", () => {
  const code = firstAssignmentCode("https://lab.example:8100");
  assert.match(code, /server: "https:\/\/lab\.example:8100"/);
});

Deno.test("the page shows the code as text that can be selected", () => {
  const html = renderToString(
    <FirstAssignment server="http://127.0.0.1:8100" />,
  );
  assert.match(html, /<pre[^>]*><code>import \{ assign, init, shutdown \}/);
  assert.match(html, /await shutdown\(\);/);
});
