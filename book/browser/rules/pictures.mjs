// Rules: a picture says in words what it shows, so that it can be heard.

/** @typedef {import('../lib/site.mjs').Site} Site */

/**
 * @param {Site} site
 * @param {string[]} addresses
 * @returns {Promise<string[]>} findings
 */
export async function everyImageHasItsWords(site, addresses) {
  return site.tour(addresses, {}, (page) =>
    page.evaluate(() =>
      [...document.querySelectorAll('img')]
        .filter((image) => image.alt.trim() === '')
        .map(
          (image) =>
            `the image ${image.getAttribute('src')} has no alt text; a sentence that says what it shows is expected`,
        ),
    ),
  );
}

/**
 * @param {Site} site
 * @param {string[]} addresses
 * @returns {Promise<string[]>} findings
 */
export async function everyDrawingHasItsWords(site, addresses) {
  return site.tour(addresses, {}, (page) =>
    page.evaluate(() => {
      const wordsOf = (/** @type {Element | null} */ element) => element?.textContent?.trim() ?? '';
      return [...document.querySelectorAll('figure :is(svg, .drawing)')].flatMap((drawing, index) => {
        const references = (drawing.getAttribute('aria-labelledby') ?? '')
          .split(/\s+/)
          .filter((id) => id !== '');
        const dangling = references.filter((id) => wordsOf(document.getElementById(id)) === '');
        const findings = dangling.map(
          (id) => `drawing ${index + 1} is labelled by #${id}; the page has no such words`,
        );
        const words = [
          (drawing.role === 'img' && drawing.ariaLabel?.trim()) || '',
          ...[...drawing.querySelectorAll(':scope > title, :scope > desc')].map(wordsOf),
          ...references.map((id) => wordsOf(document.getElementById(id))),
        ];
        return words.every((word) => word === '')
          ? [...findings, `drawing ${index + 1} has neither <title>, <desc> nor aria-label; one is expected`]
          : findings;
      });
    }),
  );
}

/**
 * @param {Site} site
 * @param {string[]} addresses
 * @param {{ width: number, height: number }} viewport
 * @returns {Promise<string[]>} findings
 */
export async function drawingsHaveThePagesLetters(site, addresses, viewport) {
  return site.tour(addresses, { viewport }, (page) =>
    page.evaluate(() =>
      [...document.querySelectorAll('figure:has(.drawing)')].flatMap((figure, index) => {
        /** @param {string} selector */
        const styleOf = (selector) => {
          const element = figure.querySelector(selector);
          return element ? getComputedStyle(element) : undefined;
        };
        const [drawing, caption] = [styleOf('.drawing'), styleOf('figcaption')];
        return drawing?.fontSize === caption?.fontSize && drawing?.fontFamily === caption?.fontFamily
          ? []
          : [
              `drawing ${index + 1} has letters of ${drawing?.fontSize}; those of its caption, ${caption?.fontSize}, are expected`,
            ];
      }),
    ),
  );
}
