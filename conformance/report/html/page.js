// The page can be read without this: it adds opening and filtering of rows, copying, and a theme of one's own.
'use strict';
(() => {
  const data = JSON.parse(document.getElementById('report-data').textContent);
  const rules = new Map(data.rules.map((rule) => [rule.id, rule]));
  const byId = (id) => document.getElementById(id);
  const rows = [...document.querySelectorAll('tr.rule')];
  const troubles = new Set(['fail', 'error', 'warn']);

  function isOpen(row) {
    return row.querySelector('button').getAttribute('aria-expanded') === 'true';
  }

  function setOpen(row, open) {
    row.querySelector('button').setAttribute('aria-expanded', String(open));
    const detail = byId(`${row.id}-detail`);
    if (open) detail.removeAttribute('hidden');
    else detail.setAttribute('hidden', 'until-found');
  }

  function fits(row, words, area, outcome) {
    const rule = rules.get(row.dataset.rule);
    if (area && rule.area !== area) return false;
    if (outcome === 'differs' && !rule.differs) return false;
    if (outcome === 'trouble' && !rule.outcomes.some((one) => troubles.has(one))) return false;
    if (outcome && outcome !== 'differs' && outcome !== 'trouble' && !rule.outcomes.includes(outcome)) return false;
    const text = `${rule.id} ${rule.title} ${rule.words}`.toLowerCase();
    return words.every((word) => text.includes(word));
  }

  function filter() {
    const words = byId('find').value.toLowerCase().split(/\s+/u).filter(Boolean);
    let shown = 0;
    for (const row of rows) {
      const show = fits(row, words, byId('area').value, byId('outcome').value);
      row.hidden = !show;
      row.nextElementSibling.hidden = !show;
      shown += show ? 1 : 0;
    }
    for (const body of document.querySelectorAll('tbody[data-area]')) {
      body.hidden = !body.querySelector('tr.rule:not([hidden])');
    }
    byId('shown').value = shown === rows.length ? `${shown} rules` : `${shown} of ${rows.length}`;
    byId('none-fits').hidden = shown > 0;
    nameOpenAll();
  }

  function nameOpenAll() {
    const shown = rows.filter((row) => !row.hidden);
    byId('open-all').textContent = shown.length > 0 && shown.every(isOpen) ? 'Close all' : 'Open all';
  }

  function clearFilters() {
    byId('filters').reset();
    filter();
  }

  function openFromAddress() {
    const row = byId(decodeURIComponent(location.hash.slice(1)));
    if (!row?.matches('tr.rule')) return;
    if (row.hidden) clearFilters();
    setOpen(row, true);
    nameOpenAll();
    row.scrollIntoView();
    row.querySelector('button').focus({ preventScroll: true });
  }

  async function copy(button) {
    const text = button.parentElement.querySelector('pre').textContent;
    let copied = true;
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      getSelection().selectAllChildren(button.parentElement.querySelector('pre'));
      copied = document.execCommand('copy');
    }
    button.textContent = copied ? 'Copied' : 'Select and copy it by hand';
    setTimeout(() => (button.textContent = 'Copy curl'), 2000);
  }

  function isDark() {
    const chosen = document.documentElement.dataset.theme;
    return chosen ? chosen === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
  }

  function setTheme(theme) {
    if (theme) document.documentElement.dataset.theme = theme;
    byId('theme').textContent = isDark() ? 'Light' : 'Dark';
    byId('theme').setAttribute('aria-label', isDark() ? 'Use the light theme' : 'Use the dark theme');
  }

  function remembered(theme) {
    try {
      if (theme) localStorage.setItem('duet-report-theme', theme);
      return localStorage.getItem('duet-report-theme');
    } catch {
      return null; // a page from disk may have no storage
    }
  }

  document.addEventListener('click', (event) => {
    const opener = event.target.closest('tr.rule button');
    const copier = event.target.closest('button.copy');
    if (opener) setOpen(opener.closest('tr'), !isOpen(opener.closest('tr')));
    if (opener) nameOpenAll();
    if (copier) copy(copier);
  });
  document.addEventListener('beforematch', (event) => {
    const row = event.target.closest('tr.detail-row')?.previousElementSibling;
    if (row) setOpen(row, true);
  });
  document.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && event.target === byId('find')) clearFilters();
    if (event.key !== '/' || event.ctrlKey || event.metaKey || event.target.matches('input, select')) return;
    event.preventDefault();
    byId('find').focus();
  });
  byId('filters').addEventListener('input', filter);
  byId('filters').addEventListener('submit', (event) => event.preventDefault());
  byId('clear-filters').addEventListener('click', clearFilters);
  byId('open-all').addEventListener('click', () => {
    const shown = rows.filter((row) => !row.hidden);
    const open = !shown.every(isOpen);
    for (const row of shown) setOpen(row, open);
    nameOpenAll();
  });
  byId('theme').addEventListener('click', () =>
    setTheme(remembered(isDark() ? 'light' : 'dark') ?? (isDark() ? 'light' : 'dark')),
  );
  addEventListener('hashchange', openFromAddress);

  byId('filters').hidden = false;
  byId('theme').hidden = false;
  setTheme(remembered());
  filter();
  openFromAddress();
})();
