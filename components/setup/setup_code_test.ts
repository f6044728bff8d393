import assert from "node:assert/strict";
import { EXAMPLE_FLAG, pythonCode, typescriptCode } from "./setup_code.ts";

const hostile = {
  name: `a"b\\c\n</script>`,
  variants: [{
    name: "é🧪",
    weight: 1,
    config: { on: true, off: false, none: null, list: [1, "x", { y: null }] },
  }],
};

Deno.test("typescriptCode() is a program that parses, whatever the names are", () => {
  for (const flag of [EXAMPLE_FLAG, hostile]) {
    const code = typescriptCode("https://lab.example:8100", flag);
    assert.match(code, /server: "https:\/\/lab\.example:8100"/);
    const body = code.replace(/^import .*$/m, "").replaceAll("await ", "");
    // Parses, and runs nothing.
    assert.doesNotThrow(() => new Function(body));
  }
});

Deno.test("pythonCode() writes what JSON and Python write differently", () => {
  const code = pythonCode("http://localhost:8100", hostile);
  assert.ok(
    code.includes(
      `{"on": True, "off": False, "none": None, "list": [1, "x", {"y": None}]}`,
    ),
  );
  assert.ok(code.includes(String.raw`modelab.assign("a\"b\\c\n</script>"`));
});
