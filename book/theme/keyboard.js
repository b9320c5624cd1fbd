// Closes three gaps that mdBook 0.5.4 leaves for readers without a mouse: no way past the sidebar
// (rust-lang/mdBook#2107), a sidebar button that cannot be focused (#2615), and arrow keys that turn
// the page while they scroll a long line. Each part does nothing where mdBook has closed the gap.
'use strict';

(() => {
  const main = document.querySelector('main');
  if (!main) {
    return;
  }

  if (!document.querySelector('.skip-link')) {
    main.id ||= 'main-content';
    const link = document.createElement('a');
    link.className = 'skip-link';
    // The page that says "not found" has a <base>, from which a bare fragment would lead away.
    link.href = `${location.pathname}${location.search}#${main.id}`;
    link.textContent = 'Skip to content';
    document.body.prepend(link);
  }

  const sidebarToggle = document.getElementById('mdbook-sidebar-toggle');
  if (sidebarToggle && sidebarToggle.tabIndex < 0) {
    sidebarToggle.tabIndex = 0;
    sidebarToggle.setAttribute('role', 'button');
    sidebarToggle.addEventListener('keydown', (event) => {
      if (event.key === 'Enter' || event.key === ' ') {
        event.preventDefault();
        sidebarToggle.click();
      }
    });
  }

  main.addEventListener('keydown', (event) => {
    const place = /** @type {Element} */ (event.target);
    if (/^Arrow(Left|Right)$/.test(event.key) && place.scrollWidth > place.clientWidth) {
      event.stopPropagation();
    }
  });
})();
