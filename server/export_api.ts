import { includesFlag } from "./access/access.ts";
import { exportHead, exportLine } from "./export_format.ts";
import type { ExportFormat } from "./export_format.ts";
import { noSuchFlag } from "./no_such_flag.ts";
import { problem, refuseMethod } from "./problem.ts";
import type { Service } from "./service.ts";
import { described } from "./validation/field.ts";

const TYPES: { readonly [format in ExportFormat]: string } = {
  ndjson: "application/x-ndjson",
  csv: "text/csv; charset=utf-8",
};
/** Exports that one client has under way. */
const EXPORTS_EACH = 2;

/**
 * Answers `GET /api/v1/export`: the ledger as NDJSON or CSV, as far as the key
 * goes. It is read no faster than the client takes it.
 */
export async function exportLedger(
  service: Service,
  request: Request,
): Promise<Response> {
  const refused = refuseMethod(request, ["GET", "HEAD"]);
  if (refused !== null) return refused;
  const { access, limits, reader, exportRecords } = service;
  const params = new URL(request.url).searchParams;
  const format = params.get("format") ?? "ndjson";
  if (format !== "ndjson" && format !== "csv") {
    return problem(
      400,
      `format must be ndjson or csv, got ${described(format)}`,
    );
  }
  const flag = params.get("flag");
  const from = params.get("from") ?? undefined;
  if (from === "" || (from !== undefined && from.length > 512)) {
    return problem(
      400,
      `from must be the id of an assignment, got ${described(from)}`,
    );
  }
  if (flag !== null) {
    // A slip of the pen would pass for a flag without records.
    const isThere = includesFlag(access, flag) &&
      await reader.evaluateFlag(flag) !== null;
    if (!isThere) return noSuchFlag(flag);
  }
  const headers = {
    "content-type": TYPES[format],
    "cache-control": "no-store",
  };
  if (request.method === "HEAD") return new Response(null, { headers });
  if (limits.exports.take(access.id, 1) !== "taken") {
    return problem(
      429,
      `A client may have at most ${EXPORTS_EACH} exports under way`,
      { "retry-after": "10" },
    );
  }
  const wants = (name: string | null): boolean =>
    name === null
      ? flag === null && access.flagPrefix === null
      : (flag === null || name === flag) && includesFlag(access, name);
  const records = exportRecords({ from, wants });
  const head = from === undefined ? exportHead(format) : "";
  const body = streamOf(
    records,
    head,
    (exported) => exportLine(exported, format),
    () => limits.exports.give(access.id, 1),
  );
  return new Response(body, { headers });
}

/** Characters after which a chunk is sent. */
const CHUNK = 32 * 1024;
const encoder = new TextEncoder();

/** Text of items, made as it is taken; says once when it ends in any way. */
function streamOf<T>(
  items: AsyncGenerator<T>,
  head: string,
  textOf: (item: T) => string,
  ended: () => void,
): ReadableStream<Uint8Array<ArrayBuffer>> {
  let text = head;
  return new ReadableStream({
    async pull(controller) {
      try {
        while (text.length < CHUNK) {
          const { done, value } = await items.next();
          if (done) {
            if (text !== "") controller.enqueue(encoder.encode(text));
            controller.close();
            ended();
            return;
          }
          text += textOf(value);
        }
        controller.enqueue(encoder.encode(text));
        text = "";
      } catch (error) {
        ended();
        throw error;
      }
    },
    async cancel() {
      ended();
      await items.return(undefined);
    },
  });
}
