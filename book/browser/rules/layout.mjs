// Rules for the room that things take: nothing sticks out of the page and nothing is cut off, in the
// narrowest window and in a wide one; what is wider than the window scrolls in its own frame, and the
// frame shows that it does; lines of text are as long as one reads with ease.
import { NARROW, WIDE, unfold } from '../lib/site.mjs';

/** Letters in a line, spaces among them. Bringhurst calls 45 to 75 satisfactory; the book means 70. */
const SHORTEST_LINE = 60;
const LONGEST_LINE = 75;

/**
 * @param {import('../lib/site.mjs').Site} site
 * @param {string[]} addresses
 * @param {{ width: number, height: number }} viewport
 * @returns {Promise<string[]>} findings
 */
export async function fitsTheWindow(site, addresses, viewport) {
  return site.tour(addresses, { viewport }, async (page) => {
    await unfold(page);
    return page.evaluate(overflowing);
  });
}

/**
 * Runs in the page. mdBook clips what sticks out of the page, so the width that the document says it
 * scrolls over tells nothing: each element is measured instead.
 *
 * @returns {string[]}
 */
function overflowing() {
  const main = document.querySelector('main');
  if (!main) {
    return [];
  }
  /** The browser rounds the width of what scrolls. */
  const rounding = 1;

  /** @param {Element} element */
  const overflowOf = (element) => getComputedStyle(element).overflowX;

  /** @param {Element} element */
  function describe(element) {
    const classes = [...element.classList].map((name) => `.${name}`).join('');
    return `${element.localName}${classes} "${(element.textContent ?? '').trim().slice(0, 40)}"`;
  }

  /** @param {Element} element */
  function isInAFrame(element) {
    for (let one = element.parentElement; one && one !== main; one = one.parentElement) {
      if (['auto', 'scroll', 'hidden', 'clip'].includes(overflowOf(one))) {
        return true;
      }
    }
    return false;
  }

  const findings = [];
  for (const element of main.querySelectorAll('*')) {
    const place = element.getBoundingClientRect();
    if (!element.checkVisibility({ visibilityProperty: true }) || place.width <= 1 || place.height <= 1) {
      // Not drawn, or a single point kept for screen readers.
      continue;
    }
    const style = getComputedStyle(element);
    if ((place.right > innerWidth + rounding || place.left < -rounding) && !isInAFrame(element)) {
      findings.push(
        `${describe(element)} reaches from ${Math.round(place.left)} to ${Math.round(place.right)}; the window is ${innerWidth} wide`,
      );
    }
    const isCut =
      ['hidden', 'clip'].includes(style.overflowX) && element.scrollWidth > element.clientWidth + rounding;
    if (isCut && element instanceof HTMLElement) {
      findings.push(
        `${describe(element)} is cut off at ${element.clientWidth} of ${element.scrollWidth} pixels; a frame that scrolls is expected`,
      );
    }
  }
  return findings;
}

/**
 * @param {import('../lib/site.mjs').Site} site
 * @param {string[]} addresses
 * @returns {Promise<string[]>} findings
 */
export async function linesHaveAMeasure(site, addresses) {
  return site.tour(addresses, { viewport: WIDE }, async (page) => {
    await page.evaluate(() => document.fonts.ready);
    return page.evaluate(
      ({ shortest, longest }) => {
        const pen = /** @type {OffscreenCanvasRenderingContext2D} */ (
          new OffscreenCanvas(1, 1).getContext('2d')
        );
        return [...document.querySelectorAll('main > p, main .failure > p')].flatMap((element) => {
          const text = element.textContent ?? '';
          // Code has its own letters, and a short paragraph tells nothing about the length of lines.
          if (element.querySelector('code') || text.length < 2 * longest) {
            return [];
          }
          const { font } = getComputedStyle(element);
          pen.font = font;
          const letters = element.clientWidth / (pen.measureText(text).width / text.length);
          return letters >= shortest && letters <= longest
            ? []
            : [
                `a line of "${text.slice(0, 40)}" has room for ${Math.round(letters)} letters; ${shortest} to ${longest} are expected`,
              ];
        });
      },
      { shortest: SHORTEST_LINE, longest: LONGEST_LINE },
    );
  });
}

/**
 * @param {import('../lib/site.mjs').Site} site
 * @param {string[]} addresses
 * @returns {Promise<string[]>} findings
 */
export async function textNeverScrollsSideways(site, addresses) {
  return site.tour(addresses, { viewport: NARROW }, async (page) => {
    await unfold(page);
    return page.evaluate(() => {
      /** @param {Element | null} element @returns {Element | undefined} the frame that scrolls sideways */
      function frameOf(element) {
        for (let one = element; one && one !== document.documentElement; one = one.parentElement) {
          const scrolls = ['auto', 'scroll'].includes(getComputedStyle(one).overflowX);
          if (scrolls && one.scrollWidth > one.clientWidth + 1) {
            return one;
          }
        }
        return undefined;
      }
      const text = 'p, li, dd, h1, h2, h3, h4, summary, figcaption';
      return [...document.querySelectorAll('main')]
        .flatMap((main) => [...main.querySelectorAll(text)])
        .filter((element) => element.checkVisibility() && frameOf(element.parentElement))
        .map(
          (element) =>
            `"${(element.textContent ?? '').trim().slice(0, 40)}" lies in a frame that scrolls sideways; text is expected to wrap`,
        );
    });
  });
}

/**
 * @param {import('../lib/site.mjs').Site} site
 * @param {string[]} addresses
 * @returns {Promise<string[]>} findings
 */
export async function anEdgeShowsThatThereIsMore(site, addresses) {
  return site.tour(addresses, { viewport: NARROW }, async (page) => {
    await unfold(page);
    return page.evaluate(() =>
      [...document.querySelectorAll('main :is(pre, pre > code, .table-wrapper)')]
        .filter((frame) => ['auto', 'scroll'].includes(getComputedStyle(frame).overflowX))
        .filter((frame) => frame.scrollWidth > frame.clientWidth + 1 && frame.checkVisibility())
        .filter((frame) => !getComputedStyle(frame).backgroundAttachment.includes('local'))
        .map(
          (frame) =>
            `${frame.localName} "${(frame.textContent ?? '').trim().slice(0, 40)}" is wider than its frame; a shadow at the edge is expected to say so`,
        ),
    );
  });
}

/**
 * @param {import('../lib/site.mjs').Site} site
 * @param {string[]} addresses
 * @returns {Promise<string[]>} findings
 */
export async function tablesFitANarrowWindow(site, addresses) {
  return site.tour(addresses, { viewport: NARROW }, async (page) => {
    await unfold(page);
    return page.evaluate(() =>
      [...document.querySelectorAll('main .table-wrapper')]
        .filter((frame) => frame.scrollWidth > frame.clientWidth + 1)
        .map(
          (frame) =>
            `the table "${(frame.textContent ?? '').trim().slice(0, 20)}" is ${frame.scrollWidth} wide; a form that fits ${frame.clientWidth} is expected`,
        ),
    );
  });
}
