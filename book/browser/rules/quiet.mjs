// Rule: a page loads without an error, without a missing file, and without a word to another machine.

/**
 * @param {import('../lib/site.mjs').Site} site
 * @param {string[]} addresses
 * @returns {Promise<string[]>} findings
 */
export async function loadsQuietly(site, addresses) {
  return site.tour(addresses, {}, async (page, noise) => {
    await page.waitForLoadState('networkidle');
    return [...new Set(noise)].map((sound) => `${sound}; none is expected`);
  });
}
