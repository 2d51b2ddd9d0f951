// The page: its frame, its addresses and its keys.
const page = { step: null, print: null, ready: null };

const HELP = [['←  →', 'the step before, the step after'], ['↑  ↓  Home  End', 'in a list or a table: from row to row'], ['/', 'search the claims'], ['?', 'this help'], ['Esc', 'close it']];
const help = h('dialog', { id: 'help', 'aria-labelledby': 'help-title' }, h('h2', { id: 'help-title' }, 'Keys'),
  h('dl', { class: 'keys' }, HELP.map(([key, what]) => [h('dt', {}, h('kbd', {}, key)), h('dd', {}, what)])),
  h('form', { method: 'dialog' }, h('button', {}, 'Close')));
const main = h('main', { id: 'main', tabindex: -1 });

const home = book.results.length > 0 || book.traces.length !== 1;
document.body.append(
  h('a', { class: 'skip', href: '#main', onclick: event => { event.preventDefault(); main.focus(); } }, 'Skip to the content'),
  h('header', { class: 'top' }, h('a', { class: 'name', href: '#/' }, 'Mailcover'),
    h('nav', { 'aria-label': 'Pages' }, home && h('a', { href: '#/' }, 'Overview'), book.traces.length === 1 && h('a', { href: '#/trace/0' }, 'The run'),
      !home && book.claims.length === 1 && h('a', { href: `#/claim/${encodeURIComponent(book.claims[0].id)}` }, 'The claim')),
    h('button', { type: 'button', class: 'help', onclick: () => help.showModal() }, 'Keys ', h('kbd', {}, '?'))),
  main, help, h('div', { id: 'live', class: 'hidden', role: 'status', 'aria-live': 'polite' }));

const number = text => /^[0-9]{1,9}$/.test(text || '') ? Number(text) : null;

// #/ · #/claim/ID · #/trace/N[/run/R][/step/S/TAB] · #/trace/N/way/R.S/A-B-C[/step/S/TAB]
const route = async () => {
  const parts = location.hash.replace(/^#\/?/, '').split('/');
  page.step = page.print = page.ready = null;
  let content;
  if (parts[0] === 'claim') content = claimPage(decodeURIComponent(parts[1] || ''));
  else if (parts[0] === 'trace' || !home && parts[0] === '') content = await traceRoute(parts);
  else content = overview();
  swap(main, content);
  const heading = main.querySelector('h1');
  document.title = heading ? `${heading.textContent} – Mailcover` : book.title;
  if (page.ready) page.ready();
};

const traceRoute = async parts => {
  const trace = number(parts[1]) ?? 0;
  const after = name => { const at = parts.indexOf(name, 2); return at < 0 ? null : number(parts[at + 1]); };
  const at = parts.indexOf('step', 2);
  const given = { run: Math.min(after('run') ?? 0, ((book.traces[trace] || { runs: [0] }).runs.length) - 1), step: after('step'), tab: at < 0 ? '' : parts[at + 2] || '' };
  if (parts[2] !== 'way' || !book.live) return tracePage(trace, given);
  const [run, step] = (parts[3] || '').split('.').map(number);
  const actions = (parts[4] || '').split('-').map(number).filter(action => action !== null);
  const left = { run: run ?? 0, step: step ?? 0, actions };
  try {
    const way = await askWays(trace, left.run, left.step, left.actions);
    return tracePage(trace, { ...given, way, left, run: left.run });
  } catch (error) {
    return [h('h1', {}, 'This way does not lead on'), h('p', { role: 'alert' }, error.message), h('p', {}, h('a', { href: `#/trace/${trace}` }, 'Back to the stored run'))];
  }
};

const go = () => route().then(() => { window.scrollTo(0, 0); });
window.addEventListener('hashchange', () => go().then(() => main.focus({ preventScroll: true })));
window.addEventListener('beforeprint', () => { if (page.print) page.print(); });
window.addEventListener('keydown', event => {
  const typing = event.target.closest && event.target.closest('input, select, textarea, dialog');
  if (typing || event.ctrlKey || event.metaKey || event.altKey || help.open) return;
  if (event.key === '?') { event.preventDefault(); help.showModal(); }
  else if (event.key === '/') {
    event.preventDefault();
    const search = () => { const field = document.getElementById('search'); if (field) field.focus(); };
    if (document.getElementById('search')) search(); else if (home) { location.hash = '#/'; window.addEventListener('hashchange', () => setTimeout(search, 30), { once: true }); }
  } else if (page.step && (event.key === 'ArrowRight' || event.key === 'ArrowLeft') && !event.target.closest('[role=tablist], .chartbox, .scroll, tr')) {
    event.preventDefault();
    page.step(event.key === 'ArrowRight' ? 1 : -1);
  }
});
go();
