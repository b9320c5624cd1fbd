// From lesson 5: the HTTP client that a host lends to its guest. Knows nothing of events.

import { MessageChannel, receiveMessageOnPort, Worker } from "node:worker_threads";

/** @import { Answer, Request } from "./http-worker.js" */
/** @import { Strings } from "./strings.js" */

/** How long a guest waits for an answer, in seconds: what PostHog's Python SDK grants a capture. */
export const TIMEOUT = 15;

// ANCHOR: wait
const WAITING = 0;
const signal = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
/** @type {import("node:worker_threads").MessagePort | undefined} */
let port;

/**
 * Lets the worker send a request, and stops this thread until the answer is there.
 *
 * @param {Request} request
 * @returns {Answer}
 */
function send(request) {
  port ??= start();
  Atomics.store(signal, 0, WAITING);
  port.postMessage(request);
  Atomics.wait(signal, 0, WAITING);
  return receiveMessageOnPort(port)?.message;
}

// One for all guests: its `fetch` keeps connections open, and a new worker would open new ones.
function start() {
  const { port1, port2 } = new MessageChannel();
  const workerData = { signal, port: port2 };
  const file = new URL("http-worker.js", import.meta.url);
  const worker = new Worker(file, { workerData, transferList: [port2] });
  worker.unref();
  return port1;
}
// ANCHOR_END: wait

/** One guest's way to the PostHog host. */
export class Http {
  /**
   * @param {string} host a scheme and an authority, perhaps a path: `https://us.i.posthog.com`
   * @param {number} timeout in seconds
   */
  constructor(host, timeout) {
    this.host = host;
    this.timeout = timeout;
    /** The length in bytes of the last answer that was written to the guest's memory. */
    this.length = 0;
  }

  // ANCHOR: post
  /**
   * POSTs a JSON body to a path of the host: `200 {"status":1}`, or `0` and why no answer came.
   *
   * @param {string} path
   * @param {string} body
   */
  post(path, body) {
    const answer = this.answer(path, body);
    return `${answer.status} ${answer.body}`;
  }

  /**
   * The same, in two: the status and the answer's body, or 0 and why no answer came.
   *
   * @param {string} path
   * @param {string} body
   */
  answer(path, body) {
    return send({ url: this.host + path, body, timeout: this.timeout });
  }
  // ANCHOR_END: post

  // ANCHOR: imports
  /**
   * What the guest imports.
   *
   * @param {() => Strings} strings the guest's; it has none before it is instantiated, and imports come first
   */
  lend(strings) {
    return {
      /** @type {(path: number, pathLength: number, body: number, bodyLength: number) => number} */
      http_request: (path, pathLength, body, bodyLength) => {
        const answer = this.post(strings().copy(path, pathLength), strings().copy(body, bodyLength));
        const [address, length] = strings().write(answer);
        this.length = length;
        return address;
      },
      http_request_len: () => this.length,
    };
  }
  // ANCHOR_END: imports
}

/**
 * The host address in an environment variable, `POSTHOG_HOST` or `POSTHOG_CLOSED_HOST`.
 *
 * @param {string} variable
 */
export function hostAddress(variable) {
  const address = process.env[variable];
  if (!address) throw new Error(`${variable} is not set: \`just lesson\` starts a server and sets it`);
  return address;
}
