/**
 * The flag names that the rest of a path can mean, likeliest first.
 *
 * An encoding client sends a name as one segment, `a%2Fb`; the Python client
 * puts it into the path as it is, `a/b`, and some proxies add a slash at the
 * end. So the whole rest of the path is the name, and if no flag has that
 * name, the rest without its last slash.
 *
 * @param rest What follows `/flags/`, still encoded, without query: take it
 * from the request's own URL, since a router's parameter is decoded already.
 * A percent sign that encodes nothing stands for itself.
 */
export function flagNamesFromPath(rest: string): string[] {
  const names = [decoded(rest)];
  if (rest.endsWith("/")) names.push(decoded(rest.slice(0, -1)));
  return names.filter((name) => name !== "");
}

/**
 * What follows `/flags/` in a path. Before it there can be more slashes than
 * a route has: routers make one of many.
 */
export function restAfterFlags(pathname: string): string {
  const marker = "/flags/";
  return pathname.slice(pathname.indexOf(marker) + marker.length);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    // Decodes what can be decoded, one run of escapes at a time.
    return text.replace(/(?:%[0-9a-fA-F]{2})+/g, (run) => {
      try {
        return decodeURIComponent(run);
      } catch {
        return run;
      }
    });
  }
}
