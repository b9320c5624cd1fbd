// Says in one sentence what is missing before the tests start.
import { findBook } from './lib/book.mjs';
import { findChromium } from './lib/chromium.mjs';

try {
  await findChromium();
  await findBook();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
