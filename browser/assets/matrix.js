// Claims by designs and adversaries, as a grid of rows that open and close.
const filters = { text: '', verdict: '', design: '', adversary: '', unexpected: false };

const matches = row => {
  const text = filters.text.trim().toLowerCase();
  return (text === '' || `${row.claim} ${row.sentence} ${row.adversary}`.toLowerCase().includes(text))
    && (filters.verdict === '' || row.verdict === filters.verdict)
    && (filters.design === '' || row.design === filters.design)
    && (filters.adversary === '' || row.adversary === filters.adversary)
    && (!filters.unexpected || !row.as_expected);
};

const closed = new Set();

const matrixSection = () => {
  const table = h('table', { class: 'matrix', role: 'treegrid', 'aria-labelledby': 'matrix' });
  const found = h('p', { class: 'soft small', id: 'found' });
  const draw = () => drawMatrix(table, found);
  const pick = (label, key, values, shown) => h('label', {}, label,
    h('select', { onchange: event => { filters[key] = event.target.value; draw(); } },
      h('option', { value: '' }, 'all'), values.map(value => h('option', { value, selected: filters[key] === value }, shown ? shown(value) : value))));
  const section = h('section', {}, h('h2', { id: 'matrix' }, 'The claims'),
    h('div', { class: 'filters', role: 'search' },
      h('label', {}, 'Search', h('input', { type: 'search', id: 'search', value: filters.text, autocomplete: 'off',
        oninput: event => { filters.text = event.target.value; draw(); } })),
      pick('Verdict', 'verdict', unique(book.results.map(row => row.verdict)), wordOf),
      pick('Design', 'design', unique(book.results.map(row => row.design))),
      pick('Adversary', 'adversary', unique(book.results.map(row => row.adversary)).sort()),
      book.checked && h('label', { class: 'tick' }, h('input', { type: 'checkbox', checked: filters.unexpected,
        onchange: event => { filters.unexpected = event.target.checked; draw(); } }), 'only what is not as expected')),
    found, h('div', { class: 'scroll' }, table));
  draw();
  return section;
};

const drawMatrix = (table, found) => {
  const rows = book.results.filter(matches);
  const designs = unique(rows.map(row => row.design));
  const claims = unique(rows.map(row => row.claim));
  const body = h('tbody', {});
  for (const [at, claim] of claims.entries()) {
    const own = rows.filter(row => row.claim === claim);
    const open = !closed.has(claim);
    body.append(h('tr', { class: 'claim', role: 'row', 'aria-level': 1, 'aria-expanded': open, tabindex: at === 0 ? 0 : -1, 'data-claim': claim,
      'aria-posinset': at + 1, 'aria-setsize': claims.length },
    h('th', { role: 'rowheader', scope: 'row', colspan: 1 }, h('span', { class: 'twist', 'aria-hidden': 'true' }, open ? '▾' : '▸'),
      h('span', { class: 'id' }, claimLink(claim)), h('br'), own[0].sentence),
    designs.map(design => h('td', { role: 'gridcell' }, open ? '' : summary(own.filter(row => row.design === design))))));
    if (!open) continue;
    const adversaries = unique(own.map(row => row.adversary));
    for (const [place, adversary] of adversaries.entries()) {
      body.append(h('tr', { class: 'who', role: 'row', 'aria-level': 2, tabindex: -1, 'data-claim': claim, 'aria-posinset': place + 1, 'aria-setsize': adversaries.length },
        h('th', { role: 'rowheader', scope: 'row' }, adversary, whoIs(adversary)),
        designs.map(design => h('td', { role: 'gridcell' }, cell(own.find(row => row.adversary === adversary && row.design === design))))));
    }
  }
  swap(table, h('thead', {}, h('tr', { role: 'row' }, h('th', { role: 'columnheader', scope: 'col' }, 'Claim, and whom it is put to'),
    designs.map(design => h('th', { role: 'columnheader', scope: 'col' }, design)))), body);
  found.textContent = rows.length === book.results.length ? count(rows.length, 'question') : `${rows.length} of ${count(book.results.length, 'question')}`;
  announce(found.textContent);
  body.addEventListener('click', event => {
    const row = event.target.closest('tr.claim');
    if (row && !event.target.closest('a')) toggle(table, found, row.dataset.claim);
  });
  body.addEventListener('keydown', event => walkGrid(table, found, event));
};

const summary = rows => {
  const tally = {};
  for (const row of rows) tally[row.verdict] = (tally[row.verdict] || 0) + 1;
  return Object.entries(tally).map(([verdict, number]) => `${SIGNS[verdict] || '•'} ${number} ${wordOf(verdict)}`).join(', ');
};

// What a design says of an adversary, where any does.
const whoIs = name => {
  const known = book.designs.flatMap(design => design.adversaries).find(adversary => adversary.name === name);
  return known && h('span', { class: 'soft small who-is' }, known.says);
};

const cell = row => {
  if (!row) return h('span', { class: 'soft' }, h('span', { class: 'hidden' }, 'not put'), h('span', { 'aria-hidden': 'true' }, '·'));
  const mark = verdictMark(row);
  if (row.reason) mark.title = row.reason;
  return row.trace === null ? mark : h('a', { href: `#/trace/${row.trace}` }, mark, h('span', { class: 'hidden' }, `: ${rowTitle(row)}; open the run`), h('span', { class: 'opens', 'aria-hidden': 'true' }, ' →'));
};

const toggle = (table, found, claim) => {
  if (closed.has(claim)) closed.delete(claim); else closed.add(claim);
  drawMatrix(table, found);
  const row = [...table.querySelectorAll('tr.claim')].find(row => row.dataset.claim === claim);
  if (row) focusRow(table, row);
};

const focusRow = (table, row) => {
  for (const other of table.querySelectorAll('tbody tr')) other.tabIndex = -1;
  row.tabIndex = 0;
  row.focus();
};

// Up and down go from row to row, left and right close and open a claim, Enter opens the run or the claim.
const walkGrid = (table, found, event) => {
  const row = event.target.closest('tbody tr');
  if (!row || event.target !== row || event.ctrlKey || event.metaKey || event.altKey) return;
  const rows = [...table.querySelectorAll('tbody tr')];
  const at = rows.indexOf(row);
  const goes = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: rows.length - 1 }[event.key];
  if (goes !== undefined) { event.preventDefault(); if (rows[goes]) focusRow(table, rows[goes]); return; }
  const claim = row.dataset.claim;
  const level = row.getAttribute('aria-level');
  if (event.key === 'ArrowRight' && closed.has(claim) || event.key === 'ArrowLeft' && level === '1' && !closed.has(claim)) { event.preventDefault(); toggle(table, found, claim); }
  else if (event.key === 'ArrowLeft' && level === '2') { event.preventDefault(); focusRow(table, rows.find(other => other.dataset.claim === claim)); }
  else if (event.key === 'Enter') { const link = row.querySelector('a'); if (link) { event.preventDefault(); link.click(); } }
};
