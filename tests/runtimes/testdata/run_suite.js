import process from "node:process";
import { runCases } from "./suite.js";

const [, , server] = process.argv;
const vectors = await (await fetch(`${server}/vectors.json`)).json();
console.log(JSON.stringify(await runCases(server, vectors)));
