import type { RecordKind } from "../../engine/records.ts";
import { assertVerified } from "../../storage/kv/testing/counters.ts";
import { ingest } from "../ingest.ts";
import { post, withService } from "./with_service.ts";

/** What a request was answered. */
export interface Answer {
  readonly status: number;
  readonly body: unknown;
}

/** Sends one body to a service of its own. */
export async function send(
  kind: RecordKind | null,
  body: BodyInit | object,
): Promise<Answer> {
  let answer: Answer = { status: 0, body: null };
  await withService(async (service, kv) => {
    const path = kind === null ? "" : `/${kind}`;
    const request = post(`/api/v1/ingest${path}`, body);
    const response = await ingest(service, request, kind);
    answer = { status: response.status, body: await response.json() };
    await assertVerified(kv);
  });
  return answer;
}
