import assert from "node:assert/strict";
import { test } from "node:test";

import { hexdump } from "../lib/memory.js";

test("a row that is not full keeps its columns", () => {
  const bytes = new TextEncoder().encode("abcdefghijklmnop\0~\x7f");
  assert.equal(
    hexdump(0x11_0000, bytes),
    "00110000  61 62 63 64 65 66 67 68 69 6a 6b 6c 6d 6e 6f 70  |abcdefghijklmnop|\n" +
      "00110010  00 7e 7f                                         |.~.|\n",
  );
});
