/**
 * Route patterns: from file names, and to Hono's syntax.
 *
 * A pattern is written as for `URLPattern`: `/flags/:name`, `/docs/:rest*`,
 * `/list{/:page}?`, `/files/*`. A parameter is always a whole segment.
 *
 * @module
 */

/**
 * The pattern that a route's file means.
 *
 * @param path the file below `routes/`, without slash in front or extension
 * @param keepGroups whether `(group)` folders stay, for finding a route's
 * layouts and middleware
 * @throws {SyntaxError} when brackets do not enclose a whole segment
 */
export function patternFromFile(path: string, keepGroups = false): string {
  const parts = path.split("/");
  if (parts.at(-1) === "index") parts.pop();

  let pattern = "";
  let required = 0;
  for (const part of parts) {
    if (part.startsWith("(") && part.endsWith(")") && !keepGroups) continue;

    const [, rest, optional, name] =
      /^(?:\[\.\.\.(\w+)\]|\[\[(\w+)\]\]|\[(\w+)\])$/.exec(part) ?? [];
    if (rest === undefined && optional === undefined && name === undefined) {
      if (/[[\]]/.test(part)) {
        throw new SyntaxError(
          `Invalid route pattern: "${path}". ` +
            "A parameter must be a whole segment, as in [name].",
        );
      }
      required++;
      pattern += `/${part}`;
    } else if (optional !== undefined) {
      pattern += `{/:${optional}}?`;
    } else {
      required++;
      pattern += rest === undefined ? `/:${name}` : `/:${rest}*`;
    }
  }

  if (pattern === "") return "/";
  // Alone, an optional parameter must still leave the slash of the root.
  if (required === 0) return pattern.replace("{/", "/{");
  return pattern;
}

/** Whether a pattern matches other paths than itself. */
export function isDynamic(pattern: string): boolean {
  return /[*:{}+?()]/.test(pattern);
}

/**
 * The paths in Hono's syntax that match together what a pattern matches.
 *
 * @param pattern a dynamic pattern
 * @throws {SyntaxError} when the pattern uses what is not supported
 */
export function honoPaths(pattern: string): string[] {
  if (pattern === "*" || pattern === "/*") return ["*"];

  let paths = [""];
  let rest = pattern;
  while (rest !== "") {
    const token =
      /^(?:\/\{:(\w+)\}\?$|\{\/:(\w+)\}\?|\/:(\w+)([*+]$|\??)(?=[/{]|$)|\/(\*)$|(\/[^/*:{}+?()]*))/
        .exec(rest);
    if (token === null) {
      throw new SyntaxError(
        `Unsupported route pattern: "${pattern}", at "${rest}"`,
      );
    }
    rest = rest.slice(token[0].length);

    const [, atRoot, group, name, modifier, wildcard, literal] = token;
    if (atRoot !== undefined) {
      paths = paths.flatMap((path) => [`${path}/:${atRoot}`, `${path}/`]);
    } else if (wildcard !== undefined) {
      paths = paths.map((path) => `${path}/:0{.*}`);
    } else if (literal !== undefined) {
      paths = paths.map((path) => path + literal);
    } else {
      const label = `/:${group ?? name}`;
      const many = modifier === "*" || modifier === "+";
      const segments = many ? `${label}{[^/]+(?:/[^/]+)*}` : label;
      const optional = group !== undefined || modifier === "*" ||
        modifier === "?";
      // The first that matches wins, and what is optional is taken if it can be.
      paths = paths.flatMap((path) =>
        optional ? [path + segments, path] : [path + segments]
      );
    }
  }
  return paths.filter((path) => path !== "");
}

/**
 * Joins a base path and a pattern.
 *
 * @param base the app's base path, or the path at which an app is mounted
 * @param pattern the pattern below it
 * @param isMount whether `*` means the base path itself
 */
export function joinPattern(
  base: string,
  pattern: string,
  isMount: boolean,
): string {
  const start = base.endsWith("*") ? base.slice(0, -1) : base;
  const prefix = start === "/" ? "" : start;
  if (pattern === "*") return prefix + (isMount ? "" : "/*");
  if (pattern === "/" && prefix !== "") return prefix;
  return prefix + pattern;
}
