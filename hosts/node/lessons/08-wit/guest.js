// A guest of this lesson, ready to be called, and what it is lent.

import { instantiateComponent } from "../../lib/component.js";

/** @import { Http } from "../../lib/http.js" */
/**
 * @typedef {{ path: string, body: string }} Request
 * @typedef {{ status: number, body: string }} Response
 * @typedef {(request: Request) => Response} Send
 * @typedef {{ capture(key: string, name: string, id: string, properties: string): Response }} Events
 */

// ANCHOR: lend
/**
 * @param {Http} http
 * @returns {Send}
 */
export function lend(http) {
  return ({ path, body }) => {
    const answer = http.answer(path, body);
    // A string that is thrown is the `err` of a result.
    if (answer.status === 0) throw answer.body;
    return answer;
  };
}
// ANCHOR_END: lend

// ANCHOR: instantiate
/**
 * @param {Send} send
 * @param {string} name
 * @returns {Promise<Events>}
 */
export async function guest(send, name = "08-wit.component") {
  const { events } = await instantiateComponent(name, { "posthog:client/http@0.1.0": { send } });
  return events;
}
// ANCHOR_END: instantiate

// ANCHOR: said
/**
 * What a call answered, as a line.
 *
 * @param {() => Response} call
 */
export function said(call) {
  try {
    const { status, body } = call();
    return `status ${status}, ${body}`;
  } catch (error) {
    // What the guest answered is in the payload; all else went wrong.
    if (error.payload === undefined) throw error;
    return `error: ${error.payload}`;
  }
}
// ANCHOR_END: said
