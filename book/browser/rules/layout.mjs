// Rule: in the narrowest window nothing sticks out of the page and nothing is cut off; what is wider
// than the window scrolls in a frame of its own.
import { NARROW, unfold } from '../lib/site.mjs';

/**
 * @param {import('../lib/site.mjs').Site} site
 * @param {string[]} addresses
 * @returns {Promise<string[]>} findings
 */
export async function fitsANarrowWindow(site, addresses) {
  return site.tour(addresses, { viewport: NARROW }, async (page) => {
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
