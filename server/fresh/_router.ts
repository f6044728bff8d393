import { RegExpRouter } from "hono/router/reg-exp-router";
import { SmartRouter } from "hono/router/smart-router";
import { TrieRouter } from "hono/router/trie-router";
import type { Method } from "./handlers.ts";
import { honoPaths, isDynamic } from "./_pattern.ts";

interface Entry<Item> {
  /** As a route's context shows it. */
  readonly pattern: string;
  /** The name of each parameter. */
  readonly names: readonly string[];
  readonly items: Map<string, Item>;
}

/** What a router knows about a path. */
export interface RouteMatch<Item> {
  /** The pattern that matched, or null. */
  readonly pattern: string | null;
  /** What was registered for the method, or null. */
  readonly item: Item | null;
  /** The parameters of the pattern, decoded; no prototype. */
  readonly params: Record<string, string>;
  /** What was registered, by method. */
  readonly items: ReadonlyMap<string, Item>;
}

/**
 * Finds what was registered for a method and path, as Fresh does: a static
 * path before every pattern, then the pattern that was registered first. The
 * method does not choose: a path with the wrong method has a pattern, no item.
 */
export class Router<Item> {
  readonly #statics = new Map<string, Entry<Item>>();
  readonly #dynamics = new Map<string, Entry<Item>>();
  readonly #hono = new SmartRouter<Entry<Item>>({
    routers: [new RegExpRouter(), new TrieRouter()],
  });

  /**
   * Registers an item. The first one for a method and pattern stays.
   *
   * @param method the method it answers
   * @param pattern the paths it answers
   * @param item what {@linkcode match} finds
   */
  add(method: Method, pattern: string, item: Item): void {
    const dynamic = isDynamic(pattern);
    const entries = dynamic ? this.#dynamics : this.#statics;
    let entry = entries.get(pattern);
    if (entry === undefined) {
      entry = dynamic
        ? {
          // URLPattern is what Fresh matches with, and how it shows a pattern.
          pattern: new URLPattern({ pathname: pattern }).pathname,
          names: Array.from(
            pattern.matchAll(/:(\w+)/g),
            ([, name = ""]) => name,
          ),
          items: new Map(),
        }
        : { pattern, names: [], items: new Map() };
      entries.set(pattern, entry);
      if (dynamic) {
        for (const path of honoPaths(pattern)) {
          this.#hono.add("ALL", path, entry);
        }
      }
    }
    if (!entry.items.has(method)) entry.items.set(method, item);
  }

  /**
   * Finds what answers a request.
   *
   * @param method the request's method
   * @param pathname the request's path, still encoded
   */
  match(method: string, pathname: string): RouteMatch<Item> {
    const params: Record<string, string> = Object.create(null);
    const fixed = this.#statics.get(pathname) ??
      this.#statics.get(otherForm(pathname));
    if (fixed !== undefined) return resultOf(fixed, method, params);
    if (this.#dynamics.size === 0) return { ...NOTHING, params };

    const [[first] = [], stash] = this.#hono.match("ALL", pathname);
    if (first === undefined) return { ...NOTHING, params };

    const [entry, found] = first;
    const result = resultOf(entry, method, params);
    if (result.item === null) return result;
    for (const name of entry.names) params[name] = "";
    if (entry.pattern === "*") params["0"] = pathname;
    if (entry.pattern === "/*") params["0"] = decoded(pathname.slice(1));
    for (const [name, value] of Object.entries(found)) {
      const text = typeof value === "number" ? stash?.[value] : value;
      params[name] = decoded(text ?? "");
    }
    return result;
  }
}

const NOTHING = { pattern: null, item: null, items: new Map<string, never>() };

function resultOf<Item>(
  { pattern, items }: Entry<Item>,
  method: string,
  params: Record<string, string>,
): RouteMatch<Item> {
  const item = items.get(method) ??
    (method === "HEAD" ? items.get("GET") : undefined) ?? null;
  return { pattern, item, params, items };
}

/** The path with a slash at its end, or without the one it has. */
function otherForm(pathname: string): string {
  if (pathname === "/") return pathname;
  return pathname.endsWith("/") ? pathname.slice(0, -1) : `${pathname}/`;
}

/**
 * Decodes as Fresh does, `%2F` and its like excepted. An escape that means
 * nothing stands for itself, where Fresh would fail.
 */
function decoded(text: string): string {
  if (!text.includes("%")) return text;
  return text.replace(/(?:%[0-9a-f]{2})+/gi, (escapes) => {
    try {
      return decodeURI(escapes);
    } catch {
      return escapes;
    }
  });
}
