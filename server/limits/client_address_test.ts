import assert from "node:assert/strict";
import { clientAddress } from "./client_address.ts";

function address(
  direct: string,
  trustedProxies: number,
  forwarded?: string,
): string {
  const headers = forwarded === undefined
    ? new Headers()
    : new Headers({ "x-forwarded-for": forwarded });
  const remoteAddr = { transport: "tcp", hostname: direct, port: 1 } as const;
  const request = new Request("http://localhost/", { headers });
  return clientAddress(request, { remoteAddr }, trustedProxies);
}

Deno.test("clientAddress() believes as many entries as there are proxies", () => {
  assert.equal(address("10.0.0.1", 0, "1.1.1.1"), "10.0.0.1");
  assert.equal(address("10.0.0.1", 1, "9.9.9.9, 1.1.1.1"), "1.1.1.1");
  assert.equal(address("10.0.0.1", 2, "9.9.9.9, 1.1.1.1, 10.0.0.2"), "1.1.1.1");
  assert.equal(address("10.0.0.1", 2, "1.1.1.1"), "1.1.1.1");
  assert.equal(address("10.0.0.1", 1, " , "), "10.0.0.1");
  assert.equal(address("10.0.0.1", 1), "10.0.0.1");
});

Deno.test("clientAddress() takes an IPv6 network for one client", () => {
  const network = address("2001:db8:1:2::1", 0);
  assert.equal(network, "2001:db8:1:2::/64");
  assert.equal(address("2001:db8:1:2:ffff:1:2:3", 0), network);
  assert.notEqual(address("2001:db8:1:3::1", 0), network);
  assert.equal(address("::1", 0), "0:0:0:0::/64");
  assert.equal(address("::ffff:10.0.0.1", 0), "10.0.0.1");
  assert.equal(address("fe80::1%eth0", 0), "fe80:0:0:0::/64");
});
