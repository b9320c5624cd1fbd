// Rules for mdBook's own parts, which the theme could break: the search and the choice of a theme.
import { unfold } from '../lib/site.mjs';
import { measureContrast } from './contrast.mjs';

/** @typedef {import('../lib/site.mjs').Site} Site */
/** @typedef {import('../lib/site.mjs').Page} Page */

/**
 * @param {Page} page
 * @param {string} word
 * @returns {Promise<number>} how many results came
 */
async function search(page, word) {
  await page.locator('#mdbook-search-toggle').click();
  // mdBook searches when a key is released, and says above the results for which letters.
  await page.locator('#mdbook-searchbar').pressSequentially(word);
  await page.locator('#mdbook-searchresults-header', { hasText: `'${word}'` }).waitFor();
  return page.locator('#mdbook-searchresults a').count();
}

/**
 * @param {Site} site
 * @param {string} address the page to search from
 * @param {string} word
 * @returns {Promise<string[]>} findings
 */
export async function theSearchFinds(site, address, word) {
  return site.visit(address, {}, async (page) => {
    if ((await search(page, word)) === 0) {
      return [`the search for "${word}" has no result; one is expected`];
    }
    await Promise.all([page.waitForEvent('load'), page.locator('#mdbook-searchresults a').first().click()]);
    const text = (await page.locator('main').textContent()) ?? '';
    return text.includes(word) ? [] : [`the first result for "${word}" leads to a page without it`];
  });
}

/** How many results a reader looks at before typing another word. */
const LOOKED_AT = 3;

/**
 * @param {Site} site
 * @param {string[]} addresses
 * @returns {Promise<string[]>} findings for words that a page has for the search alone
 */
export async function theSearchKnowsSynonyms(site, addresses) {
  /** @type {{ word: string, address: string }[]} */
  const known = [];
  await site.tour(addresses, { javaScript: false }, async (page) => {
    const address = new URL(page.url()).pathname.slice(1);
    const all = await page.locator('.synonyms').allTextContents();
    known.push(...all.map((words) => ({ word: words.split(', ')[0] ?? '', address })));
    return [];
  });
  const findings = [];
  for (const { word, address } of known) {
    const found = await site.visit(address, {}, async (page) => {
      await search(page, word);
      const results = page.locator('#mdbook-searchresults a');
      return results.evaluateAll((links) => links.map((link) => link.getAttribute('href') ?? ''));
    });
    const looked = found.slice(0, LOOKED_AT);
    if (!looked.some((href) => href.split('?')[0] === address)) {
      findings.push(`"${word}" leads to [${looked}]; ${address} is expected among the first ${LOOKED_AT}`);
    }
  }
  return known.length > 0 ? findings : ['no page has words for the search alone; at least one is expected'];
}

/**
 * @param {Site} site
 * @param {string} address
 * @param {string} word
 * @returns {Promise<string[]>} findings
 */
export async function aThemeCanBeChosen(site, address, word) {
  return site.visit(address, { theme: 'light' }, async (page) => {
    const before = await measureContrast(page);
    // With the results of a search open, their colours are measured too.
    await search(page, word);
    await page.locator('#mdbook-theme-toggle').click();
    await page.locator('#mdbook-theme-navy').click();
    const classes = await page.evaluate(() => [...document.documentElement.classList]);
    const switched = classes.includes('navy') && !classes.includes('light');
    return [
      ...(switched ? [] : [`after choosing Navy the page is ${classes.join(' ')}; navy is expected`]),
      ...before.map((finding) => `in Light: ${finding}`),
      ...(await measureContrast(page)).map((finding) => `after choosing Navy: ${finding}`),
    ];
  });
}

/**
 * @param {Site} site
 * @param {string[]} addresses
 * @param {string} word
 * @param {string} theme
 * @returns {Promise<string[]>} findings on pages opened as from the search, the word marked
 */
export async function aFoundWordStandsOut(site, addresses, word, theme) {
  let marks = 0;
  const findings = await site.tour(
    addresses.map((address) => `${address}?highlight=${word}`),
    { theme },
    async (page) => {
      await unfold(page);
      marks += await page.locator('main mark').count();
      return measureContrast(page);
    },
  );
  return marks > 0
    ? findings
    : [...findings, `the word "${word}" is marked on no page; a mark is expected where it stands`];
}
