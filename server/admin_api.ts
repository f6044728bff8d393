import { noSuchFlag } from "./no_such_flag.ts";
import { problem, refuseMethod } from "./problem.ts";
import { withJson } from "./read_json.ts";
import type { Service } from "./service.ts";
import { described } from "./validation/field.ts";
import { flagName, isObject } from "./validation/fields.ts";
import { LIMITS } from "./validation/limits.ts";

/** Users that one request can erase. */
const MAX_USERS = 1000;

/** Answers `POST /api/v1/erase`: erases users of all flags. */
export function eraseOfUsers(
  service: Service,
  request: Request,
): Promise<Response> {
  return withOrder(service, request, async (body) => {
    const users = usersOf(body);
    return typeof users === "string"
      ? problem(400, users)
      : Response.json(await service.erase(users));
  });
}

/** Answers `POST /api/v1/archive`: archives a flag, or takes it out again. */
export function archiveOfFlag(
  service: Service,
  request: Request,
): Promise<Response> {
  return withOrder(service, request, async (body) => {
    const flag = flagOf(body);
    if (typeof flag === "string") return problem(400, flag);
    const archived = isObject(body) && Object.hasOwn(body, "archived")
      ? body["archived"]
      : true;
    if (typeof archived !== "boolean") {
      return problem(
        400,
        `archived must be true or false, got ${described(archived)}`,
      );
    }
    // A slip of the pen would hide a flag that is yet to come.
    if (archived && await service.reader.evaluateFlag(flag.name) === null) {
      return noSuchFlag(flag.name);
    }
    await service.archive(flag.name, archived);
    return Response.json({ flag_name: flag.name, archived });
  });
}

/** Answers `POST /api/v1/delete`: deletes a flag and all that came for it. */
export function deletionOfFlag(
  service: Service,
  request: Request,
): Promise<Response> {
  return withOrder(service, request, async (body) => {
    const flag = flagOf(body);
    return typeof flag === "string"
      ? problem(400, flag)
      : Response.json(await service.deleteFlag(flag.name));
  });
}

/** Reads what an admin wants done. */
async function withOrder(
  service: Service,
  request: Request,
  use: (body: unknown) => Promise<Response>,
): Promise<Response> {
  const refused = refuseMethod(request, ["POST"]);
  if (refused !== null) return refused;
  const { config, limits, access } = service;
  return await withJson(
    request,
    {
      maxBytes: config.maxBodyBytes,
      timeoutMs: config.bodyTimeoutMs,
      shares: limits.bodyBytes,
      client: access.id,
    },
    async (body) =>
      body.ok ? await use(body.value) : problem(body.status, body.detail),
  );
}

/** Reads which flag is meant, or says what is wrong with it. */
function flagOf(value: unknown): { readonly name: string } | string {
  const name = isObject(value) ? value["flag_name"] : undefined;
  const checked = flagName("").check(name);
  return checked.ok ? { name: checked.value } : `flag_name ${checked.message}`;
}

/** Reads whom to erase, or says what is wrong with it. */
export function usersOf(value: unknown): string[] | string {
  const ids = isObject(value) ? value["user_ids"] : undefined;
  if (!Array.isArray(ids) || ids.length === 0 || ids.length > MAX_USERS) {
    return `user_ids must be an array of 1 to ${MAX_USERS} ids of users, got ${
      Array.isArray(ids) ? `one of ${ids.length}` : described(ids)
    }`;
  }
  const users: string[] = [];
  for (const id of ids) {
    if (Number.isSafeInteger(id)) users.push(String(id));
    else if (typeof id === "string" && id.length <= LIMITS.userCharacters) {
      users.push(id.toWellFormed());
    } else {
      return `user_ids must hold strings of up to ${LIMITS.userCharacters} characters or integers, got ${
        described(id)
      }`;
    }
  }
  return users;
}
