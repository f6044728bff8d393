import assert from "node:assert/strict";
import fc from "fast-check";
import { Router } from "./_router.ts";

/** Fresh's own rule, by URLPattern: the oracle. */
function expected(
  patterns: readonly string[],
  pathname: string,
): { pattern: string; params: Record<string, string> } | null {
  const isStatic = (pattern: string) => !/[*:{}+?()]/.test(pattern);
  const other = pathname.endsWith("/") ? pathname.slice(0, -1) : `${pathname}/`;
  for (const form of pathname === "/" ? ["/"] : [pathname, other]) {
    if (patterns.some((pattern) => isStatic(pattern) && pattern === form)) {
      return { pattern: form, params: {} };
    }
  }
  for (const pattern of patterns) {
    if (isStatic(pattern)) continue;
    const compiled = new URLPattern({ pathname: pattern });
    const match = compiled.exec({ pathname });
    if (match === null) continue;
    const params = Object.entries(match.pathname.groups).map((
      [name, value],
    ) => [name, value ?? ""]);
    return { pattern: compiled.pathname, params: Object.fromEntries(params) };
  }
  return null;
}

function actual(
  patterns: readonly string[],
  pathname: string,
): ReturnType<typeof expected> {
  const router = new Router<string>();
  for (const pattern of patterns) router.add("GET", pattern, pattern);
  const { pattern, params } = router.match("GET", pathname);
  return pattern === null ? null : { pattern, params: { ...params } };
}

const name = fc.constantFrom("a", "b", "flags", "x.json");
const segment = fc.oneof(
  name.map((text) => `/${text}`),
  fc.constantFrom("/:p", "/:q", "{/:o}?"),
);
const last = fc.constantFrom("", "/", "/:rest*", "/:rest+", "/:last?", "/*");
const pattern = fc.tuple(fc.array(segment, { maxLength: 3 }), last)
  .map(([segments, end]) => {
    const path = segments.join("") + end;
    return path === "" ? "/" : path;
  })
  // A name stands once in a pattern, or URLPattern refuses it.
  .filter((path) => {
    const names = path.match(/:\w+/g) ?? [];
    return new Set(names).size === names.length && !path.endsWith("}?/") &&
      !path.startsWith("{");
  });
const pathname = fc.tuple(
  fc.array(name, { maxLength: 4 }),
  fc.boolean(),
).map(([names, slash]) =>
  names.length === 0 ? "/" : `/${names.join("/")}${slash ? "/" : ""}`
);

Deno.test("Router finds for any patterns and path what URLPattern finds", () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(pattern, { minLength: 1, maxLength: 6 }),
      pathname,
      (patterns, path) => {
        assert.deepEqual(actual(patterns, path), expected(patterns, path));
      },
    ),
    { numRuns: 3000 },
  );
});

Deno.test("Router decodes a parameter, but for a slash and for nonsense", () => {
  const router = new Router<string>();
  router.add("GET", "/flags/:name", "flag");

  const nameIn = (path: string) => router.match("GET", path).params.name;
  assert.equal(nameIn("/flags/caf%C3%A9%20x"), "café x");
  assert.equal(nameIn("/flags/a%2Fb"), "a%2Fb");
  assert.equal(nameIn("/flags/100%"), "100%");
  assert.equal(nameIn("/flags/%zz%20"), "%zz ");
  assert.equal(nameIn("/flags/%E0%A4%A"), "%E0%A4%A");
});

Deno.test("Router gives parameters that no name can make inherit", () => {
  const router = new Router<string>();
  router.add("GET", "/:__proto__", "item");

  const { params } = router.match("GET", "/x");
  assert.equal(Object.getPrototypeOf(params), null);
  assert.equal(params["__proto__"], "x");
});

Deno.test("Router keeps the first item for a method and pattern", () => {
  const router = new Router<string>();
  router.add("GET", "/a", "first");
  router.add("GET", "/a", "second");

  assert.equal(router.match("GET", "/a").item, "first");
  assert.equal(router.match("HEAD", "/a").item, "first");
  assert.equal(router.match("POST", "/a").item, null);
  assert.equal(router.match("POST", "/a").pattern, "/a");
});

Deno.test("Router refuses a pattern that it cannot match as Fresh would", () => {
  const router = new Router<string>();

  assert.throws(() => router.add("GET", "/a-:b", "item"), SyntaxError);
  assert.throws(() => router.add("GET", "/:a(\\d+)", "item"), SyntaxError);
  assert.throws(() => router.add("GET", "/:a*/b", "item"), SyntaxError);
});
