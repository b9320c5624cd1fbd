// Rules for a reader without a mouse: past the sidebar in one step, the sidebar at hand, and a long
// line that can be scrolled without leaving the page.

/** @typedef {import('../lib/site.mjs').Site} Site */

/** More stops than a page needs for one of each kind to be among them. */
const STOPS = 40;

/**
 * @param {Site} site
 * @param {string[]} addresses
 * @returns {Promise<string[]>} findings
 */
export async function theFirstStopLeadsToTheText(site, addresses) {
  return site.tour(addresses, {}, async (page) => {
    await page.keyboard.press('Tab');
    const { target, staysHere } = await page.evaluate(() => {
      const href = document.activeElement?.getAttribute('href') ?? '';
      const [path, fragment] = new URL(href, document.baseURI).href.split('#');
      return { target: href, staysHere: fragment !== undefined && path === location.href.split('#')[0] };
    });
    if (!staysHere) {
      return [
        `the first stop of the Tab key leads to "${target}"; a link past the sidebar, within the page, is expected`,
      ];
    }
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    const isInText = await page.evaluate(() => {
      const main = document.querySelector('main');
      // The page that says "not found" has nothing to stop at.
      return main?.contains(document.activeElement) || !main?.querySelector('a, button, summary');
    });
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

/**
 * @param {Site} site
 * @param {string[]} addresses
 * @returns {Promise<string[]>} findings
 */
export async function theStopIsInSight(site, addresses) {
  return site.tour(addresses, {}, async (page) => {
    /** @type {Set<string>} */
    const findings = new Set();
    for (let stop = 0; stop < STOPS; stop += 1) {
      await page.keyboard.press('Tab');
      const finding = await page.evaluate(() => {
        const element = document.activeElement;
        if (!element || element === document.body) {
          return undefined;
        }
        const place = element.getBoundingClientRect();
        const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element);
        const isMarked = (outlineStyle !== 'none' && outlineWidth !== '0px') || boxShadow !== 'none';
        const isInSight = place.bottom > 0 && place.top < innerHeight && place.width > 0;
        return isMarked && isInSight
          ? undefined
          : `the stop at ${element.localName} "${(element.textContent ?? '').trim().slice(0, 30)}" cannot be seen; a line around it is expected`;
      });
      if (finding !== undefined) {
        findings.add(finding);
      }
    }
    return [...findings];
  });
}

/**
 * @param {Site} site
 * @param {string[]} addresses
 * @returns {Promise<string[]>} findings
 */
export async function theSidebarHasShortNames(site, addresses) {
  return site.tour(addresses, {}, (page) =>
    page.evaluate(() => {
      // The page to be printed is not in the sidebar, so it has no list of sections there.
      const links = [...document.querySelectorAll('.header-in-summary')];
      return [...document.querySelectorAll('.failure[data-short]')].flatMap((failure) => {
        const short = failure.getAttribute('data-short');
        const href = `#${failure.querySelector('h3')?.id}`;
        const link = links.find((one) => one.getAttribute('href') === href);
        return links.length === 0 || link?.textContent === short
          ? []
          : [`the sidebar calls a failure "${link?.textContent}"; "${short}" is expected`];
      });
    }),
  );
}
