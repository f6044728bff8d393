import assert from "node:assert/strict";
import { renderToString } from "preact-render-to-string";
import { SignInForm } from "./sign_in_form.tsx";

Deno.test("it posts the key and the way back", () => {
  const html = renderToString(<SignInForm next='/flags/a"b' failure={null} />);
  assert.match(html, /<form[^>]*method="post"[^>]*action="\/sign-in"/);
  assert.match(html, /name="next" value="\/flags\/a&quot;b"/);
  assert.match(html, /<input[^>]*name="key"[^>]*type="password"/);
  assert.doesNotMatch(html, /role="alert"/);
});

Deno.test("it says that a key was refused", () => {
  const html = renderToString(<SignInForm next="/" failure="wrong key" />);
  assert.match(html, /role="alert"/);
  assert.match(html, /aria-describedby="key-help key-error"/);
});
