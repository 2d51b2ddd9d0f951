// Who holds what after a step: observed, logged, stored, disclosed.
const GROUPS = [
  ['observed', 'Observed', 'what passed somebody, for good'],
  ['logged', 'Logged', 'what the logs retain now'],
  ['stored', 'Stored', 'all that the provider’s stores hold now'],
  ['disclosed', 'Disclosed', 'what the investigator asked for and was given'],
];

const heldTable = (trace, run, step, holder) => {
  const who = trace.holders[holder];
  const rows = heldBy(trace, run, step, holder);
  const used = who.columns.map((_, at) => at).filter(at => rows.some(row => row.cells[at]));
  const title = h('h4', { id: `holder-${who.id}` }, who.name, who.adversary && [' ', h('span', { class: 'tag own' }, 'the adversary’s')]);
  if (rows.length === 0) return { title, table: null };
  const mark = row => row.gone ? 'deleted now' : row.brought ? 'new' : '';
  const table = h('table', { 'data-holder': who.id, 'aria-labelledby': `holder-${who.id}` },
    h('thead', {}, h('tr', {}, used.map(at => h('th', { scope: 'col' }, who.columns[at])), h('th', { scope: 'col' }, h('span', { class: 'hidden' }, 'Change')))),
    h('tbody', {}, rows.map(row => h('tr', { class: row.gone ? 'gone' : row.brought ? 'new' : '' },
      used.map(at => h('td', {}, row.cells[at])), h('td', {}, mark(row) && h('span', { class: 'tag' }, mark(row)))))));
  return { title, table };
};

const holdings = (trace, run, step) => h('div', { class: 'sets' }, GROUPS.map(([set, name, what]) => {
  const all = trace.holders.map((holder, at) => [holder, at]).filter(([holder]) => holder.set === set)
    .map(([, at]) => [trace.holders[at].name, heldTable(trace, run, step, at)]);
  const empty = all.filter(([, shown]) => shown.table === null).map(([name]) => name);
  const ever = set === 'logged' ? run.logged.filter(row => row.step <= step && row.deleted !== null && row.deleted < step) : [];
  return h('section', { class: 'set' }, h('h3', {}, name), h('p', { class: 'soft small' }, what),
    all.filter(([, shown]) => shown.table !== null).map(([name, shown]) => [shown.title, h('div', { class: 'scrolls', tabindex: 0, role: 'group', 'aria-label': `${name} table` }, shown.table)]),
    ever.length > 0 && h('p', { class: 'soft small' }, `Deleted before: ${ever.map(row => `${joined(row.cells)} (in step ${row.deleted})`).join('; ')}.`),
    empty.length > 0 && h('p', { class: 'soft small' }, `Nothing: ${empty.join(', ')}.`));
}));

const factLines = (trace, numbers, facts) => h('ul', { class: 'facts' }, numbers.map(at => h('li', {},
  h('span', { class: facts.includes(at) ? 'so' : 'notso' }, facts.includes(at) ? '● so' : '○ not so'),
  h('span', {}, trace.facts[at].clause, h('br'), h('span', { class: 'mono soft' }, trace.facts[at].text)))));

const factList = (trace, facts) => {
  const { asked, exercise } = factsOf(trace);
  return [factLines(trace, asked, facts),
    exercise !== null && [h('p', { class: 'soft small exercise' }, 'The case that puts the claim to the test:'), factLines(trace, [exercise], facts)]];
};

// Which events have happened, and which of the claim's facts hold.
const soFar = (trace, run, step) => {
  const facts = step === 0 ? run.facts : run.steps[step - 1].facts;
  const happened = run.events.filter(event => event.step <= step);
  return [
    h('h3', {}, 'What the claim speaks of'),
    factList(trace, facts),
    h('h3', {}, 'What has truly happened, seen by nobody as such'),
    happened.length === 0 ? h('p', { class: 'soft' }, 'None of the events that claims speak of.') :
      h('ul', { class: 'facts' }, happened.map(event => h('li', {}, h('span', { class: event.step === step ? 'so' : '' }, event.step === 0 ? 'before' : `step ${event.step}`),
        h('span', {}, trace.events[event.event])))),
  ];
};
