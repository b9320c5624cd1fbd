// Rules for a reader who has no script, or paper: all that the book says can be read, each host's part
// under that host's name.

/** @typedef {import('../lib/site.mjs').Site} Site */
/** @typedef {import('../lib/site.mjs').Page} Page */

/** A fold opens without a script. */
const FOLDED = 'details:not([open]) > :not(summary)';

/** Paper has no folds; of the hosts in tabs it has the chosen one. */
const NOT_CHOSEN = '.tabbed > .host[hidden], .tabbed > .host[hidden] *';

/**
 * @param {Site} site
 * @param {string[]} addresses
 * @returns {Promise<string[]>} findings
 */
export async function readableWithoutScript(site, addresses) {
  return site.tour(addresses, { javaScript: false }, (page) => unreadable(page, FOLDED));
}

/**
 * @param {Site} site
 * @param {string[]} addresses
 * @returns {Promise<string[]>} findings
 */
export async function readableOnPaper(site, addresses) {
  return site.tour(addresses, {}, async (page) => {
    await page.emulateMedia({ media: 'print' });
    const findings = [
      ...(await unreadable(page, NOT_CHOSEN)),
      ...(await tabsInSight(page)),
      ...(await severalHosts(page)),
    ];
    await page.emulateMedia({ media: null });
    return findings;
  });
}

/**
 * @param {Page} page
 * @returns {Promise<string[]>}
 */
async function tabsInSight(page) {
  const count = await page.locator('[role=tab]:visible').count();
  return count === 0 ? [] : [`${count} tabs are in sight; none is expected where nothing can be pressed`];
}

/**
 * @param {Page} page
 * @returns {Promise<string[]>}
 */
async function severalHosts(page) {
  return page.evaluate(() =>
    [...document.querySelectorAll('.tabbed')].flatMap((group, index) => {
      const shown = [...group.querySelectorAll(':scope > .host')].filter(
        (host) => host.getBoundingClientRect().height > 1,
      );
      return shown.length === 1
        ? []
        : [`group ${index + 1} shows ${shown.length} hosts on paper; the chosen one is expected`];
    }),
  );
}

/**
 * @param {Page} page
 * @param {string} excused selector of what may be out of sight
 * @returns {Promise<string[]>}
 */
async function unreadable(page, excused) {
  return page.evaluate((excusedHere) => {
    const findings = [];
    const texts = document.createTreeWalker(
      document.querySelector('main') ?? document.body,
      NodeFilter.SHOW_TEXT,
    );
    // A picture's title and description are spoken; an enlarged picture repeats the one in the page; the
    // tabs repeat the names; synonyms are for the search.
    const silent = '.synonyms, svg title, svg desc, .img-wrapper, [role=tablist], script, style';
    while (texts.nextNode()) {
      const text = texts.currentNode.textContent?.trim() ?? '';
      const element = texts.currentNode.parentElement;
      const isVisible = element?.checkVisibility({ visibilityProperty: true, opacityProperty: true });
      if (text !== '' && !isVisible && !element?.closest(silent) && !element?.closest(excusedHere)) {
        findings.push(
          `"${text.split('\n')[0]?.slice(0, 60)}" cannot be seen; all text is expected to be in sight`,
        );
      }
    }
    for (const host of document.querySelectorAll('.hosts > .host:not([hidden])')) {
      const name = host.getAttribute('data-name');
      const label = host.querySelector(':scope > .host-name');
      if (host.closest(excusedHere)) {
        continue;
      }
      if (label?.textContent !== name || !label?.checkVisibility()) {
        findings.push(
          `the part of ${name} stands without its name; a .host-name that says "${name}" is expected above it`,
        );
      }
    }
    return findings;
  }, excused);
}

/**
 * @param {Site} site
 * @param {string[]} addresses
 * @returns {Promise<string[]>} findings
 */
export async function noMarkdownIsLeft(site, addresses) {
  return site.tour(addresses, {}, (page) =>
    page.evaluate(() => {
      const findings = [];
      const texts = document.createTreeWalker(
        document.querySelector('main') ?? document.body,
        NodeFilter.SHOW_TEXT,
      );
      while (texts.nextNode()) {
        const text = texts.currentNode.textContent ?? '';
        if (text.includes('`') && !texts.currentNode.parentElement?.closest('code, script, style')) {
          findings.push(`"${text.trim().slice(0, 60)}" shows a backtick; code is expected`);
        }
      }
      return findings;
    }),
  );
}
