// A claim: what it says, what is checked, what it rests on, and what it does not say.
const claimPage = id => {
  const claim = book.claims.find(known => known.id === id);
  if (!claim) return [h('h1', {}, 'There is no such claim here'), h('p', {}, h('a', { href: '#/' }, 'Back to the overview'))];
  const rows = book.results.filter(row => row.claim === id);
  const formulas = unique(rows.map(row => row.formula).concat(book.traces.filter(trace => trace.claim === id).map(trace => trace.formula)).filter(Boolean));
  const designs = book.designs.filter(design => rows.length === 0 || rows.some(row => row.design === design.name));
  return [
    h('p', { class: 'soft small' }, 'Claim'), h('h1', {}, claim.id), h('p', { class: 'lead' }, claim.sentence),
    rows.length > 0 && [h('h2', { id: 'verdicts' }, book.checked ? 'Verdicts' : 'Expected verdicts'),
      h('div', { class: 'scroll', role: 'region', tabindex: 0, 'aria-labelledby': 'verdicts' }, h('table', {},
        h('thead', {}, h('tr', {}, ['Design', 'Adversary', 'Verdict', 'Why', 'Scope'].map(name => h('th', { scope: 'col' }, name)))),
        h('tbody', {}, rows.map(row => h('tr', {}, h('td', {}, row.design), h('td', {}, row.adversary), h('td', {}, cell(row)),
          h('td', {}, row.reason || row.because), h('td', { class: 'soft small' }, row.scope, row.states > 0 && `; ${count(row.states, 'state')}`))))))],
    h('h2', {}, 'What exactly is checked'), formulas.map(formula => h('code', { class: 'formula', tabindex: 0 }, formula)),
    claim.less.length > 0 && [h('h3', {}, 'What its scopes do without'), h('ul', {}, claim.less.map(line => h('li', {}, line)))],
    h('h2', {}, 'What it does not claim'), h('p', {}, claim.not_claimed),
    h('h2', {}, 'What it rests on'), h('h3', {}, 'Sources'), h('ul', {}, claim.sources.map(source => h('li', {}, source))),
    designs.map(design => {
      const assumed = design.knobs.filter(knob => !knob.fact);
      return assumed.length > 0 && h('details', {}, h('summary', {}, `Assumptions of ${design.name} (${assumed.length}; ${design.knobs.length - assumed.length} knobs are reported facts)`),
        h('dl', { class: 'claimed' }, assumed.map(knob => [h('dt', { class: 'mono' }, `${knob.name} = ${knob.value}`), h('dd', {}, knob.note)])));
    }),
    h('h3', {}, 'Mistakes that would break it'), h('p', {}, claim.flaws.length > 0 ? claim.flaws.join(', ') : 'None is known to the model.'),
    h('h3', {}, 'Kind of threat (LINDDUN)'), h('p', {}, claim.linddun),
  ];
};
