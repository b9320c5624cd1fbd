// Shows the hosts of a group as tabs, and keeps the reader's choice of host on every page.
// It reads the HTML that stands in the page without JavaScript: `.hosts` around `.host` sections.
// It knows no host by name, fetches nothing and changes no text.
'use strict';

(() => {
  const STORAGE_KEY = 'posthog-wasm-host';
  const QUERY_KEY = 'host';
  // A panel hidden this way is still found by the browser's own search, which then opens it.
  // A browser that does not know the value hides the panel all the same.
  const HIDDEN = 'until-found';

  /** @returns {HTMLElement[]} the groups that have become tabs */
  const groups = () => [...document.querySelectorAll('.hosts.tabbed')].map(asHtml);

  /** @param {Element} group @returns {HTMLElement[]} */
  const panelsOf = (group) => [...group.querySelectorAll(':scope > .host')].map(asHtml);

  /** @param {Element} group @returns {HTMLElement[]} */
  const tabsOf = (group) => [...group.querySelectorAll(':scope > [role=tablist] > [role=tab]')].map(asHtml);

  /** @param {Element} element @returns {HTMLElement} */
  function asHtml(element) {
    return /** @type {HTMLElement} */ (element);
  }

  /**
   * Opens the panel of one host and closes the others of its group.
   *
   * @param {Element} group
   * @param {string | null | undefined} host value of `data-host`
   * @returns {boolean} false, and nothing changed, if the group lacks that host
   */
  function show(group, host) {
    const panels = panelsOf(group);
    if (!panels.some((panel) => panel.dataset.host === host)) {
      return false;
    }
    for (const panel of panels) {
      if (panel.dataset.host === host) {
        panel.removeAttribute('hidden');
      } else {
        panel.setAttribute('hidden', HIDDEN);
      }
    }
    for (const tab of tabsOf(group)) {
      const selected = tab.dataset.host === host;
      tab.setAttribute('aria-selected', String(selected));
      tab.tabIndex = selected ? 0 : -1;
    }
    return true;
  }

  /** @param {string} host */
  function showEverywhere(host) {
    for (const group of groups()) {
      show(group, host);
    }
  }

  /**
   * What the reader does: the host is shown in every group and remembered. Panels above the tab
   * change height, so the page is scrolled back until the tab stands where it was.
   *
   * @param {HTMLElement} tab
   */
  function choose(tab) {
    const host = tab.dataset.host ?? '';
    const top = tab.getBoundingClientRect().top;
    showEverywhere(host);
    remember(host);
    window.scrollBy({ top: tab.getBoundingClientRect().top - top, behavior: 'instant' });
  }

  /** @param {string} host */
  function remember(host) {
    try {
      localStorage.setItem(STORAGE_KEY, host);
    } catch {
      // Storage can be forbidden; the choice then lasts as long as the page.
    }
    // A host named in the address wins over the remembered one, so it has to follow the reader.
    const url = new URL(location.href);
    if (url.searchParams.has(QUERY_KEY)) {
      url.searchParams.set(QUERY_KEY, host);
      history.replaceState(history.state, '', url);
    }
  }

  /** @returns {string | null} */
  function remembered() {
    try {
      return localStorage.getItem(STORAGE_KEY);
    } catch {
      return null;
    }
  }

  /** @param {KeyboardEvent} event */
  function onKey(event) {
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) {
      return;
    }
    const current = asHtml(/** @type {Element} */ (event.target));
    const tabs = tabsOf(/** @type {Element} */ (current.closest('.hosts')));
    const next = {
      ArrowRight: tabs.indexOf(current) + 1,
      ArrowLeft: tabs.indexOf(current) - 1,
      Home: 0,
      End: -1,
    }[event.key];
    if (next === undefined) {
      return;
    }
    // mdBook turns the page on the arrow keys; inside a list of tabs they belong to the tabs.
    event.stopPropagation();
    event.preventDefault();
    const tab = /** @type {HTMLElement} */ (tabs.at(next % tabs.length));
    tab.focus({ preventScroll: true });
    choose(tab);
  }

  /** @param {HTMLElement} panel @param {string} id @returns {HTMLElement} */
  function tabFor(panel, id) {
    panel.id ||= id;
    const tab = document.createElement('button');
    tab.type = 'button';
    tab.id = `${panel.id}-tab`;
    tab.dataset.host = panel.dataset.host;
    tab.textContent = panel.dataset.name ?? panel.dataset.host ?? '';
    tab.setAttribute('role', 'tab');
    tab.setAttribute('aria-controls', panel.id);
    tab.addEventListener('click', () => choose(tab));
    panel.setAttribute('role', 'tabpanel');
    panel.setAttribute('aria-labelledby', tab.id);
    panel.tabIndex = 0;
    return tab;
  }

  /** @param {HTMLElement} group @param {number} index */
  function makeTabs(group, index) {
    const panels = panelsOf(group);
    if (group.classList.contains('tabbed') || panels.length < 2) {
      return;
    }
    const list = document.createElement('div');
    list.setAttribute('role', 'tablist');
    list.setAttribute('aria-label', 'Host');
    list.append(...panels.map((panel) => tabFor(panel, `hosts-${index}-${panel.dataset.host}`)));
    list.addEventListener('keydown', onKey);
    group.prepend(list);
    group.classList.add('tabbed');
    const asked = new URLSearchParams(location.search).get(QUERY_KEY);
    show(group, asked) || show(group, remembered()) || show(group, panels[0]?.dataset.host);
  }

  /**
   * Opens the panel that holds an element, in its own group alone and without remembering it: the
   * reader chose a place, not a host.
   *
   * @param {Element | null} element
   * @returns {boolean} whether a closed panel was opened
   */
  function open(element) {
    const panel = element?.closest('.hosts.tabbed > .host');
    if (!panel?.hasAttribute('hidden')) {
      return false;
    }
    return show(/** @type {Element} */ (panel.parentElement), asHtml(panel).dataset.host);
  }

  function openFragment() {
    const target = fragmentTarget();
    if (open(target)) {
      target?.scrollIntoView();
    }
  }

  /** @returns {HTMLElement | null} */
  function fragmentTarget() {
    try {
      return document.getElementById(decodeURIComponent(location.hash.slice(1)));
    } catch {
      // Percent signs that decode to no text name no element.
      return null;
    }
  }

  document.querySelectorAll('.hosts').forEach((group, index) => makeTabs(asHtml(group), index));
  openFragment();
  window.addEventListener('hashchange', openFragment);
  document.addEventListener('beforematch', (event) => open(/** @type {Element} */ (event.target)));
  // Another window of the book.
  window.addEventListener('storage', (event) => {
    if (event.key === STORAGE_KEY && event.newValue !== null) {
      showEverywhere(event.newValue);
    }
  });
})();
