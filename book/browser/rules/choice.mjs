// Rules for the choice of a host: it outlives the page, reaches other windows, can be named in an
// address, and gives way to an address that names a place.
import { TAB, expectHost, readGroups } from '../lib/tabs.mjs';

/** @typedef {import('../lib/site.mjs').Site} Site */
/** @typedef {import('../lib/site.mjs').Page} Page */

/** How long a broken page is given, in milliseconds; a working one answers at once. */
const PATIENCE = 15_000;

/**
 * @param {Page} page
 * @returns {Promise<string>} a host that is not the first, chosen by its tab; '' if there is none
 */
async function chooseLast(page) {
  const host = (await readGroups(page))[0]?.hosts.at(-1) ?? '';
  for (const tab of await page.locator(`${TAB}[data-host="${host}"]`).all()) {
    await tab.click();
    return host;
  }
  return '';
}

/**
 * @param {Site} site
 * @param {string[]} addresses pages with tabs; the choice is made on the first
 * @returns {Promise<string[]>} findings
 */
export async function aChoiceIsRemembered(site, addresses) {
  const [first = '', ...others] = addresses;
  return site.visit(first, {}, async (page) => {
    const host = await chooseLast(page);
    await page.reload();
    const findings = await expectHost(page, host, `after choosing ${host} and loading ${first} again`);
    for (const other of others) {
      await page.goto(site.url(other));
      findings.push(
        ...(await expectHost(page, host, `after choosing ${host} on ${first} and going to ${other}`)),
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
export async function aChoiceReachesOtherWindows(site, address) {
  return site.visit(address, {}, async (page) => {
    const other = await page.context().newPage();
    await other.goto(page.url());
    // The choice is told to the other window by an event; once the window has seen one of its own
    // that was sent later, it has seen that of the choice.
    await other.evaluate(() => {
      addEventListener('storage', (event) => event.key === 'last' && (document.body.dataset.told = 'yes'));
    });
    const host = await chooseLast(page);
    await page.evaluate(() => localStorage.setItem('last', 'yes'));
    await other.locator('body[data-told]').waitFor();
    return expectHost(other, host, `after choosing ${host} in one window, in another`);
  });
}

/**
 * @param {Site} site
 * @param {string} address
 * @returns {Promise<string[]>} findings
 */
export async function anAddressCanNameAHost(site, address) {
  const hosts = (await site.visit(address, {}, readGroups))[0]?.hosts ?? [];
  const [first = ''] = hosts;
  const asked = [...hosts, 'nobody'];
  const named = await site.tour(
    asked.map((host) => `${address}?host=${host}`),
    {},
    (page) => {
      const host = new URL(page.url()).searchParams.get('host') ?? '';
      return expectHost(page, hosts.includes(host) ? host : first, `opened with ?host=${host}`);
    },
  );
  return [
    ...named,
    ...(await site.visit(`${address}?host=${first}`, {}, async (page) => {
      const host = await chooseLast(page);
      await page.reload();
      return expectHost(page, host, `opened with ?host=${first}, ${host} chosen, loaded again`);
    })),
  ];
}

/**
 * @param {Site} site
 * @param {string} address
 * @returns {Promise<string[]>} findings
 */
export async function aFragmentOpensItsPanel(site, address) {
  const ids = await site.visit(address, {}, (page) =>
    page.evaluate(() => {
      const groups = [...document.querySelectorAll('.hosts:has([role=tab])')];
      return [...(groups.at(-1)?.querySelectorAll('[role=tabpanel]') ?? [])].map((panel) => panel.id);
    }),
  );
  if (ids.length === 0) {
    return ['no panel has an id, so no address can name one'];
  }
  const fragments = ids.map((id) => `#${encodeURIComponent(id)}`);
  const loaded = await site.tour(
    fragments.map((fragment) => address + fragment),
    {},
    closedTarget,
  );
  const moved = await site.visit(address, {}, async (page) => {
    const findings = [];
    for (const fragment of fragments) {
      await page.evaluate(async (hash) => {
        const arrived = new Promise((resolve) => addEventListener('hashchange', resolve, { once: true }));
        location.hash = hash;
        await arrived;
      }, fragment);
      findings.push(...(await closedTarget(page)).map((finding) => `moved to ${fragment}: ${finding}`));
    }
    return findings;
  });
  return [...loaded, ...moved];
}

/**
 * @param {Page} page
 * @returns {Promise<string[]>} findings
 */
async function closedTarget(page) {
  return page.evaluate(() => {
    const place = document
      .getElementById(decodeURIComponent(location.hash.slice(1)))
      ?.getBoundingClientRect();
    const isInSight = place !== undefined && place.height > 0 && place.top >= 0 && place.top < innerHeight;
    return isInSight ? [] : ['the panel that the address names is expected to be open and in sight'];
  });
}

/**
 * The browser's own search shows itself to a test through a text fragment, which uses the same event.
 *
 * @param {Site} site
 * @param {string} address
 * @returns {Promise<string[]>} findings
 */
export async function theBrowsersSearchOpensAPanel(site, address) {
  const hidden = await site.visit(address, {}, (page) =>
    page.evaluate(() => {
      // The words of a hidden line that stands on the page once, so that the search finds no other.
      const all = document.body.textContent ?? '';
      return [...document.querySelectorAll('.hosts [role=tabpanel][hidden]')]
        .flatMap((panel) =>
          (panel.textContent ?? '').split('\n').map((line) => ({ id: panel.id, line: line.trim() })),
        )
        .find(({ line }) => /^[\w ().,;={}]{12,}$/.test(line) && all.split(line).length === 2);
    }),
  );
  if (!hidden) {
    return ['no hidden panel has a line of its own to search for'];
  }
  const target = `${address}#:~:text=${encodeURIComponent(hidden.line)}`;
  return site.visit(target, {}, async (page) => {
    const panel = page.locator(`#${hidden.id}:not([hidden])`);
    const opened = panel.waitFor({ timeout: PATIENCE }).then(
      () => true,
      () => false,
    );
    return (await opened)
      ? []
      : [
          `"${hidden.line}" was searched for and its panel ${hidden.id} stayed closed; it is expected to open`,
        ];
  });
}
