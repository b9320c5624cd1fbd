// From lesson 5: the thread that sends, while the thread of the guest waits.

import { workerData } from "node:worker_threads";

const ANSWERED = 1;
const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

// ANCHOR: worker
workerData.port.on("message", async (/** @type {Request} */ request) => {
  workerData.port.postMessage(await post(request));
  Atomics.store(workerData.signal, 0, ANSWERED);
  Atomics.notify(workerData.signal, 0);
});

/**
 * @typedef {{ url: string, body: string, timeout: number }} Request
 * @typedef {{ status: number, body: string }} Answer
 * @param {Request} request
 * @returns {Promise<Answer>}
 */
async function post({ url, body, timeout }) {
  const headers = { "content-type": "application/json" };
  try {
    const signal = AbortSignal.timeout(timeout * 1_000);
    const response = await fetch(url, { method: "POST", headers, body, signal });
    return { status: response.status, body: decoder.decode(await response.arrayBuffer()) };
  } catch (error) {
    return { status: 0, body: reason(error, timeout) };
  }
}

/**
 * @param {any} error
 * @param {number} timeout
 */
function reason(error, timeout) {
  if (error.name === "TimeoutError") return `no answer within ${timeout} seconds`;
  if (error.cause?.code === "ECONNREFUSED") return "the connection was refused";
  if (error.code === "ERR_ENCODING_INVALID_ENCODED_DATA") return "the answer is not UTF-8";
  return error.cause?.message ?? error.message;
}
// ANCHOR_END: worker
