// The rules, held against the built book: target/book, or the folder that BOOK_DIR names.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { findBook } from '../lib/book.mjs';
import { Site } from '../lib/site.mjs';
import { pagesWithTabs } from '../lib/tabs.mjs';
import { RULES } from '../rules/index.mjs';

/** @type {import('../rules/index.mjs').Book} */
let book;

before(async () => {
  const site = await Site.open(await findBook());
  book = { site, withTabs: await pagesWithTabs(site) };
});

after(() => book?.site.close());

test('the book has pages with tabs', () => {
  assert.notDeepEqual(book.withTabs, []);
});

for (const [sentence, rule] of Object.entries(RULES)) {
  test(sentence, async () => {
    assert.deepEqual(await rule(book), []);
  });
}
