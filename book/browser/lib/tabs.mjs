// Reads the groups of tabs of a page as the reader meets them: which panel has a height, which tab is
// marked, where the Tab key would stop. It knows the roles of ARIA and nothing of the script behind.

/** A tab anywhere in the page's groups. */
export const TAB = '.hosts [role=tab]';

/**
 * @typedef {object} Group
 * @property {string[]} hosts in the order of the page
 * @property {string[]} shown hosts whose panel takes up room
 * @property {string[]} selected hosts whose tab says it is selected
 * @property {string[]} stops hosts whose tab the Tab key reaches
 * @property {string | undefined} focused host whose tab has the focus
 */

/**
 * @param {import('./site.mjs').Page} page
 * @returns {Promise<Group[]>} the groups with two hosts or more
 */
export async function readGroups(page) {
  return page.evaluate(() => {
    const groups = [...document.querySelectorAll('.hosts')].map((group) => {
      const panels = [...group.querySelectorAll(':scope > .host')];
      const tabOf = (/** @type {Element} */ panel) =>
        /** @type {HTMLElement | null} */ (group.querySelector(`[role=tab][aria-controls="${panel.id}"]`));
      const nameOf = (/** @type {Element | undefined} */ panel) =>
        panel?.getAttribute('data-host') ?? undefined;
      const hostsWhere = (/** @type {(panel: Element) => boolean | undefined} */ test) =>
        panels.filter(test).map((panel) => nameOf(panel) ?? '');
      return {
        hosts: hostsWhere(() => true),
        shown: hostsWhere((panel) => panel.getBoundingClientRect().height > 0),
        selected: hostsWhere((panel) => tabOf(panel)?.ariaSelected === 'true'),
        stops: hostsWhere((panel) => tabOf(panel)?.tabIndex === 0),
        focused: nameOf(panels.find((panel) => tabOf(panel) === document.activeElement)),
      };
    });
    return groups.filter((group) => group.hosts.length > 1);
  });
}

/**
 * @param {import('./site.mjs').Page} page
 * @param {string} host
 * @param {string} deed what the reader did, to begin the sentence with
 * @returns {Promise<string[]>} findings: each group that has the host and does not show it alone
 */
export async function expectHost(page, host, deed) {
  const groups = await readGroups(page);
  return groups.flatMap((group, index) => {
    if (!group.hosts.includes(host)) {
      return [];
    }
    return /** @type {const} */ (['shown', 'selected', 'stops'])
      .filter((state) => group[state].join() !== host)
      .map((state) => `${deed}: in group ${index + 1} ${state} is [${group[state]}]; [${host}] is expected`);
  });
}

/**
 * @param {import('./site.mjs').Site} site
 * @returns {Promise<string[]>} the pages that have something to show in tabs, the one with the most first
 */
export async function pagesWithTabs(site) {
  /** @type {Map<string, number>} */
  const counts = new Map();
  await site.tour(
    site.pages.filter((address) => !isPrintPage(address)),
    { javaScript: false },
    async (page) => {
      counts.set(new URL(page.url()).pathname.slice(1), (await readGroups(page)).length);
      return [];
    },
  );
  return [...counts]
    .filter(([, count]) => count > 0)
    .sort(([, left], [, right]) => right - left)
    .map(([address]) => address);
}

/**
 * mdBook's one page that holds all others; it is made for paper.
 *
 * @param {string} address
 */
export const isPrintPage = (address) => address === 'print.html';
