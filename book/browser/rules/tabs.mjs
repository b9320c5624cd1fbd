// Rules for what a reader does to the tabs, in one page: clicks, keys, and where the page stands after.
// The keys are those of the ARIA Authoring Practices' pattern "Tabs with automatic activation".
import { TAB, expectHost, readGroups } from '../lib/tabs.mjs';

/** @typedef {import('../lib/site.mjs').Site} Site */

/** A pixel of rounding: the browser scrolls by whole device pixels. */
const ROUNDING = 1;

/**
 * @param {Site} site
 * @param {string[]} addresses
 * @returns {Promise<string[]>} findings
 */
export async function everyTabOpensItsHostEverywhere(site, addresses) {
  return site.tour(addresses, {}, async (page) => {
    const findings = [];
    // A prediction's output is inside a fold, and so are its tabs.
    await page.evaluate(() => document.querySelectorAll('details').forEach((fold) => (fold.open = true)));
    const expected = (await readGroups(page)).reduce((sum, group) => sum + group.hosts.length, 0);
    const tabs = await page.locator(TAB).all();
    if (tabs.length !== expected) {
      findings.push(
        `${tabs.length} tabs stand on the page; ${expected} are expected, one for each host of each group`,
      );
    }
    for (const tab of tabs) {
      await tab.click();
      const host = (await tab.getAttribute('data-host')) ?? '';
      findings.push(...(await expectHost(page, host, `after a click on "${await tab.textContent()}"`)));
    }
    return findings;
  });
}

/**
 * @param {Site} site
 * @param {string} address
 * @returns {Promise<string[]>} findings
 */
export async function keysMoveThroughTheTabs(site, address) {
  return site.visit(address, {}, async (page) => {
    const hosts = (await readGroups(page))[0]?.hosts ?? [];
    const [first = '', last = ''] = [hosts[0], hosts.at(-1)];
    // Where a key would reach mdBook, which turns the page; it is stopped here so that the page stays.
    await page.evaluate(() => {
      document.body.addEventListener('keydown', (event) => {
        document.body.dataset.leaked = `${document.body.dataset.leaked ?? ''} ${event.key}`;
        event.stopPropagation();
      });
    });
    if ((await page.locator(TAB).count()) === 0) {
      return ['no tabs stand on the page, so no key can move through them'];
    }
    await page.locator(TAB).first().focus();
    /** @type {[key: string, host: string][]} */
    const strokes = [
      ...[...hosts.slice(1), first].map((host) => /** @type {[string, string]} */ (['ArrowRight', host])),
      ['ArrowLeft', last],
      ['Home', first],
      ['End', last],
    ];
    const findings = [];
    for (const [key, host] of strokes) {
      await page.keyboard.press(key);
      const focused = (await readGroups(page))[0]?.focused;
      findings.push(...(await expectHost(page, host, `after ${key}`)));
      if (focused !== host) {
        findings.push(
          `after ${key}: the tab of ${focused ?? 'no host'} has the focus; that of ${host} is expected`,
        );
      }
    }
    const leaked = await page.evaluate(() => document.body.dataset.leaked);
    if (leaked) {
      findings.push(
        `the keys${leaked} went on to the book, which turns the page; the tabs are expected to keep them`,
      );
    }
    return findings;
  });
}

/**
 * @param {Site} site
 * @param {string} address
 * @returns {Promise<string[]>} findings
 */
export async function aChosenTabStaysWhereItIs(site, address) {
  return site.visit(address, {}, (page) =>
    page.evaluate(async (rounding) => {
      // Room below the last group, so that the end of the page does not stop the scrolling.
      document.body.style.paddingBottom = '300vh';
      const lists = [...document.querySelectorAll('.hosts [role=tablist]')];
      const findings = [];
      for (const tab of lists.at(-1)?.querySelectorAll('[role=tab]') ?? []) {
        tab.scrollIntoView({ block: 'center' });
        const before = tab.getBoundingClientRect().top;
        /** @type {HTMLElement} */ (tab).click();
        // Two frames: the browser anchors its scrolling when it draws.
        await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
        const moved = tab.getBoundingClientRect().top - before;
        if (Math.abs(moved) > rounding) {
          findings.push(
            `the tab "${tab.textContent}" moved by ${Math.round(moved)} pixels when chosen; none is expected`,
          );
        }
      }
      return findings;
    }, ROUNDING),
  );
}

/**
 * @param {Site} site
 * @param {string[]} addresses
 * @returns {Promise<string[]>} findings
 */
export async function oneHostNeedsNoTabs(site, addresses) {
  return site.tour(addresses, {}, (page) =>
    page.evaluate(() =>
      [...document.querySelectorAll('.hosts')]
        .filter(
          (group) =>
            group.querySelectorAll(':scope > .host').length === 1 && group.querySelector('[role=tab]'),
        )
        .map(
          (group) =>
            `a group of one host, ${group.textContent?.trim().split('\n')[0]}, has a tab; none is expected`,
        ),
    ),
  );
}

/**
 * @param {Site} site
 * @param {string} address
 * @returns {Promise<string[]>} findings
 */
export async function theScriptMayRunTwice(site, address) {
  return site.visit(address, {}, async (page) => {
    const script = page.locator('script[src*="/hosts"]');
    const source = await script.first().getAttribute('src');
    const tabs = await page.locator(TAB).count();
    await page.addScriptTag({ url: source ?? '' });
    const after = await page.locator(TAB).count();
    return after === tabs ? [] : [`the script ran twice and left ${after} tabs; ${tabs} are expected`];
  });
}
