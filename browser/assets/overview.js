// The opening: one event against four sets of eyes, then what changed, then the matrix. Each set has its adversary, what it
// is, and how far it shows the event where the claim says that it does.
const SETS = [
  ['Observed', 'provider', 'what the servers handle, as it happens', 'shows it'],
  ['Stored', 'provider-store', 'what the stores hold now: logs, queues, registrations', 'shows it while another copy waits'],
  ['Logged', 'query-log', 'the rows that the query log retains', 'shows it'],
  ['Disclosed', 'investigator', 'what was handed over under an order', 'shows it'],
];

// What a verdict says of knowledge: true if its observer can come to know, false if it never does.
const knowsBy = row => {
  if (!row) return null;
  const known = row.kind === 'known' || row.kind === 'reachable';
  if (row.verdict === 'holds') return known;
  if (row.verdict === 'violated') return !known;
  return null;
};

const fourSets = design => {
  const rows = book.results.filter(row => row.claim === 'same-event-four-ways' && row.design === design);
  if (rows.length === 0) return null;
  const card = ([name, adversary, what, shows]) => {
    const row = rows.find(row => row.adversary === adversary);
    const knows = knowsBy(row);
    const answer = knows === null ? ['–', row ? wordOf(row.verdict) : 'not asked'] : knows ? ['◉', shows] : ['○', 'never shows it'];
    return h('section', { class: `eyes ${knows ? 'knows' : knows === false ? 'blind' : ''}` },
      h('h3', {}, name), h('p', { class: 'soft' }, what),
      h('p', { class: 'answer' }, h('span', { class: 'sign', 'aria-hidden': 'true' }, answer[0]), answer[1]),
      row && h('p', { class: 'soft' }, row.because), row && row.trace !== null && h('p', {}, traceLink(row.trace, 'See how')));
  };
  return h('div', { class: 'four' },
    h('section', { class: 'event' }, h('span', { class: 'small soft' }, 'One event'),
      h('strong', {}, 'A message of one person’s reached a device of another’s, and the device acknowledged it.'),
      h('p', { class: 'small soft' }, `Four sets of records, of the same event, in ${design}.`)),
    SETS.map(card));
};

const changesList = () => {
  const changes = changesSince();
  if (changes === null) return null;
  const said = row => row ? verdictMark(row) : h('span', { class: 'soft' }, 'not there');
  return h('section', { 'aria-labelledby': 'changes' }, h('h2', { id: 'changes' }, 'What changed'),
    changes.length === 0 ? h('p', {}, 'No verdict differs from the earlier results.') :
      h('div', { class: 'scroll', tabindex: '0', role: 'region', 'aria-labelledby': 'changes' }, h('table', {},
        h('thead', {}, h('tr', {}, ['Claim', 'Adversary', 'Design', 'Before', 'Now'].map(name => h('th', { scope: 'col' }, name)))),
        h('tbody', {}, changes.map(({ before, after }) => {
          const row = after || before;
          return h('tr', {}, h('td', {}, claimLink(row.claim)), h('td', {}, row.adversary), h('td', {}, row.design),
            h('td', {}, said(before)), h('td', {}, said(after)));
        })))));
};

const claimLink = id => book.claims.some(claim => claim.id === id) ? h('a', { href: `#/claim/${encodeURIComponent(id)}` }, id) : id;
const traceLink = (number, words) => h('a', { href: `#/trace/${number}` }, words);

const overview = () => {
  const designs = unique(book.results.map(row => row.design));
  const named = designs.includes('imessage-2016') ? 'imessage-2016' : designs[0];
  const unexpected = book.results.filter(row => !row.as_expected).length;
  const excused = book.results.filter(row => row.excused).length;
  const allWell = excused === 0 ? 'all as expected' : `all as expected, but for ${excused} in the baseline`;
  const held = book.results.filter(row => row.verdict === 'holds').length;
  const violated = book.results.filter(row => row.verdict === 'violated').length;
  return [
    h('h1', {}, 'Who can come to know what'),
    h('p', { class: 'lead' }, book.checked ?
      `${count(book.results.length, 'question')} in ${count(designs.length, 'design')}: ${held} ${held === 1 ? 'holds' : 'hold'}, ${violated} ${violated === 1 ? 'is' : 'are'} violated, ` +
      `${unexpected === 0 ? allWell : `${unexpected} not as expected`}.` :
      'What is expected of the main designs. Nothing on this page was checked; mailcover check does that.'),
    book.remarks.map(remark => h('p', { class: 'note' }, remark)),
    fourSets(named), changesList(),
    book.results.length > 0 && matrixSection(),
    book.traces.length > 0 && h('section', {}, h('h2', {}, 'Runs to walk through'),
      h('ul', {}, book.traces.map((trace, at) => h('li', {}, traceLink(at, `${trace.claim}, ${trace.adversary}, ${trace.design}`),
        h('span', { class: 'soft' }, ` (${trace.verdict}; ${trace.evidence === 'twin' ? 'two runs that look the same' : 'a ' + trace.evidence})`))))),
  ];
};
