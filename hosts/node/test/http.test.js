// The HTTP client against servers that do what the lesson's never does.

import assert from "node:assert/strict";
import { once } from "node:events";
import { test } from "node:test";
import { Worker } from "node:worker_threads";

import { Http } from "../lib/http.js";

// On a separate thread: this one sleeps while it waits for the answer.
const server = `
  const { parentPort, workerData } = require("node:worker_threads");
  const server = require("node:net").createServer((connection) => {
    let request = "";
    connection.on("data", (part) => {
      request += part;
      if (request.endsWith("\\r\\n\\r\\n{}")) connection.end(workerData);
    });
  });
  server.listen(0, "127.0.0.1", () => parentPort.postMessage(server.address().port));
`;

/**
 * What a POST of `{}` gives where the server says these bytes and hangs up.
 *
 * @param {Uint8Array} answer
 */
async function posted(answer) {
  const worker = new Worker(server, { eval: true, workerData: answer });
  const [port] = await once(worker, "message");
  const posted = new Http(`http://127.0.0.1:${port}`, 60).post("/batch/", "{}");
  await worker.terminate();
  return posted;
}

test("an answer is its status and its body", async () => {
  const answer = Buffer.from("HTTP/1.1 429 Slow down\r\nContent-Length: 8\r\n\r\n🚀🚀");
  assert.equal(await posted(answer), "429 🚀🚀");
});

test("an answer that is not UTF-8 is refused with a sentence", async () => {
  const answer = Buffer.from("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n\xff", "latin1");
  assert.equal(await posted(answer), "0 the answer is not UTF-8");
});

test("a server that hangs up is a failure with status 0", async () => {
  for (const answer of ["", "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nshort"]) {
    assert.match(await posted(Buffer.from(answer)), /^0 ./);
  }
});
