// Rules for a reader without a mouse: past the sidebar in one step, the sidebar at hand, and a long
// line that can be scrolled without leaving the page.

/** @typedef {import('../lib/site.mjs').Site} Site */

/**
 * @param {Site} site
 * @param {string} address
 * @returns {Promise<string[]>} findings
 */
export async function theFirstStopLeadsToTheText(site, address) {
  return site.visit(address, {}, async (page) => {
    await page.keyboard.press('Tab');
    const target = await page.evaluate(() => document.activeElement?.getAttribute('href') ?? '');
    if (!target.startsWith('#')) {
      return [
        `the first stop of the Tab key leads to "${target}"; a link past the sidebar, within the page, is expected`,
      ];
    }
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    const isInText = await page.evaluate(() =>
      document.querySelector('main')?.contains(document.activeElement),
    );
    return isInText
      ? []
      : [`after the link to ${target} the next stop lies outside <main>; one inside is expected`];
  });
}

/**
 * @param {Site} site
 * @param {string} address
 * @returns {Promise<string[]>} findings
 */
export async function theSidebarOpensByKey(site, address) {
  return site.visit(address, {}, async (page) => {
    const toggle = page.locator('#mdbook-sidebar-toggle');
    const findings = [];
    for (const key of ['Enter', 'Space']) {
      const before = await toggle.getAttribute('aria-expanded');
      await toggle.focus();
      await page.keyboard.press(key);
      if ((await toggle.getAttribute('aria-expanded')) === before) {
        findings.push(
          `${key} on the sidebar's button left it ${before === 'true' ? 'open' : 'closed'}; the other is expected`,
        );
      }
    }
    return findings;
  });
}

/**
 * @param {Site} site
 * @param {string[]} addresses
 * @returns {Promise<string[]>} findings
 */
export async function arrowsScrollALongLine(site, addresses) {
  return site.tour(addresses, {}, async (page) => {
    await page.evaluate(() => {
      const code = [...document.querySelectorAll('main pre > code')];
      const long = code.find((block) => block.scrollWidth > block.clientWidth && block.checkVisibility());
      long?.setAttribute('data-long', '');
      document.body.addEventListener('keydown', (event) => {
        document.body.dataset.leaked = event.key;
        event.stopPropagation();
      });
    });
    const long = page.locator('[data-long]');
    if ((await long.count()) === 0) {
      return [];
    }
    await long.focus();
    await page.keyboard.press('ArrowRight');
    const leaked = await page.evaluate(() => document.body.dataset.leaked);
    return leaked
      ? [
          `${leaked} in a line wider than its frame went on to the book, which turns the page; scrolling is expected`,
        ]
      : [];
  });
}
