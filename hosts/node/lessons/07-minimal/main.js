// Lesson 7 in JavaScript: the whole first client.

import { Guest } from "./guest.js";

const guest = await Guest.load("07-minimal");

// ANCHOR: send
const properties = JSON.stringify({ plan: "pro", seats: 5 });
console.log(`1. ${properties}: ${guest.capture("signed up", "ada", properties)}`);
// ANCHOR_END: send

// ANCHOR: as-it-is
const spaced = '{ "amount" : 12345678901234567890.10 }';
console.log(`2. ${spaced}: ${guest.capture("paid", "ada", spaced)}`);
// ANCHOR_END: as-it-is

// ANCHOR: refused
console.log(`3. {"amount":}: ${guest.capture("paid", "ada", '{"amount":}')}`);
// ANCHOR_END: refused
