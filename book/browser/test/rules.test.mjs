// The rules themselves: each holds on the sample book as it is, and speaks up when what it guards is
// broken there.
import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { buildSample } from '../lib/sample.mjs';
import { Site } from '../lib/site.mjs';
import { pagesWithTabs } from '../lib/tabs.mjs';
import { theBrowsersSearchOpensAPanel } from '../rules/choice.mjs';
import { RULES } from '../rules/index.mjs';
import { BREAKAGES } from './breakages.mjs';

/** The sample has a line that stands in one panel alone, which no other book promises. */
const SAMPLE_RULES = {
  ...RULES,
  "the browser's own search opens a panel": (
    /** @type {import('../rules/index.mjs').Book} */ { site, withTabs },
  ) => theBrowsersSearchOpensAPanel(site, withTabs[0] ?? ''),
};

/** @type {Awaited<ReturnType<typeof buildSample>>} */
let sample;
/** @type {import('../rules/index.mjs').Book} */
let book;
/** @type {import('./breakages.mjs').Edit[]} */
let edits = [];

/** @param {string} file @returns {string} the name without the hash that mdBook puts into it */
const plainName = (file) => file.replace(/-[0-9a-f]{8}(?=\.)/, '');

before(async () => {
  sample = await buildSample();
  const site = await Site.open(sample.folder, (file, text) =>
    edits
      .filter((edit) => edit.file === plainName(file))
      .reduce((all, { find, replace }) => all.replaceAll(find, replace), text),
  );
  book = { site, withTabs: await pagesWithTabs(site) };
});

after(async () => {
  await book.site.close();
  await sample.remove();
});

describe('on the sample book as it is', () => {
  for (const [sentence, rule] of Object.entries(SAMPLE_RULES)) {
    test(sentence, async () => {
      edits = [];
      assert.deepEqual(await rule(book), []);
    });
  }
});

test('a grey that passes by a hair is left alone', async () => {
  // #767676 on white is 4.54:1, the lightest grey that passes.
  edits = [
    { file: 'book/theme/palette.css', find: 'mark,', replace: '.content main .executed { color: #767676; background: #fff } mark,' },
  ];
  await assertApplies(edits);
  assert.deepEqual(await RULES['text stands out in the theme light']?.(book), []);
});

describe('on the sample book, broken', () => {
  for (const breakage of BREAKAGES) {
    test(`"${breakage.rule}" reports ${breakage.what}`, async () => {
      await assertApplies(breakage.edits);
      edits = breakage.edits;
      const findings = await /** @type {Record<string, import('../rules/index.mjs').Rule>} */ (SAMPLE_RULES)[
        breakage.rule
      ]?.(book);
      assert.match(findings?.join('\n') ?? `no rule is called "${breakage.rule}"`, breakage.says);
    });
  }

  test('every rule is broken at least once', () => {
    const broken = new Set(BREAKAGES.map(({ rule }) => rule));
    assert.deepEqual(
      Object.keys(SAMPLE_RULES).filter((rule) => !broken.has(rule)),
      [],
    );
  });
});

/**
 * An edit that finds nothing would break nothing, and the rule would be blamed for its silence.
 *
 * @param {import('./breakages.mjs').Edit[]} wanted
 */
async function assertApplies(wanted) {
  const files = await readdir(sample.folder, { recursive: true });
  for (const { file, find } of wanted) {
    const real = files.find((name) => plainName(name.replaceAll(path.sep, '/')) === file);
    const text = real === undefined ? '' : await readFile(path.join(sample.folder, real), 'utf8');
    assert.ok(text.includes(find), `${file} is expected to contain ${JSON.stringify(find)}`);
  }
}
