// A trace: its steps on one side; on the other, whatever is asked of the step that is chosen.
const stepList = (trace, run, choose) => {
  const list = h('div', { role: 'listbox', tabindex: 0, 'aria-label': 'Steps', id: 'steps' });
  const option = (number, ...parts) => h('div', { class: 'step', role: 'option', id: `step-${number}`, 'data-step': number, 'aria-selected': false,
    'aria-posinset': number + 1, 'aria-setsize': run.steps.length + 1 }, h('span', { class: 'number', 'aria-hidden': 'true' }, number === 0 ? '' : number), h('div', {}, parts));
  const wrote = new Map();
  for (const row of run.logged) wrote.set(row.step, (wrote.get(row.step) || []).concat(joined(row.cells)));
  const noticed = seenByAdversary(trace, run);
  const rows = document.createDocumentFragment();
  rows.append(option(0, 'The beginning.', run.before.map(before => h('span', { class: 'wrote' }, before))));
  let day = null;
  run.steps.forEach((step, at) => {
    if (step.day !== day) { day = step.day; rows.append(h('div', { class: 'day', role: 'presentation' }, `Day ${day}`)); }
    if (run.round === at) rows.append(h('div', { class: 'day', role: 'presentation' }, '↻ From here on the run goes round'));
    rows.append(option(at + 1, step.says, step.power && h('span', { class: 'power' }, `▲ ${step.by_adversary ? 'an act of the adversary' : 'done by others'}: ${step.power}`),
      (wrote.get(at + 1) || []).map(row => h('span', { class: 'wrote' }, `✎ recorded: ${row}`)),
      (noticed.get(at + 1) || []).map(what => h('span', { class: 'wrote noticed' }, `◉ seen by the adversary: ${what}`))));
  });
  list.append(rows);
  list.addEventListener('click', event => { const row = event.target.closest('[data-step]'); if (row) choose(Number(row.dataset.step)); });
  return list;
};

// Scrolls the box until the row is in sight, with some of what stands before it, and again with the next frames: rows that
// were out of sight have a height that is guessed until they come into it.
const follow = (box, row, frames) => {
  if (!row.isConnected || row.getAttribute('aria-selected') !== 'true') return;
  if (frames > 0) requestAnimationFrame(() => follow(box, row, frames - 1));
  const all = box.getBoundingClientRect(), own = row.getBoundingClientRect();
  const room = Math.max(0, Math.min(all.height / 3, all.height - own.height - 2));
  const within = own.top >= all.top + Math.min(40, room) && own.bottom <= all.bottom - 1;
  if (!within) box.scrollTop += own.top - all.top - 1 - room;
};

const tracePage = (number, given) => {
  const trace = book.traces[number];
  if (!trace) return [h('h1', {}, 'There is no such run here'), h('p', {}, h('a', { href: '#/' }, 'Back to the overview'))];
  const way = given.way;
  const now = { run: given.run, tab: given.tab, step: 0 };
  const runOf = () => way ? way.run : trace.runs[now.run];
  const clamp = step => Math.max(0, Math.min(runOf().steps.length, step));
  now.step = clamp(given.step === null ? runOf().steps.length : given.step);
  const side = h('div', { class: 'steps' });
  const bar = h('div', { class: 'tabs', role: 'tablist', 'aria-label': 'What to show of the step' });
  const panels = h('div', {});
  const headline = h('h2', { class: 'now', id: 'now' });
  let list, chart;

  const address = () => way ? `${wayAddress(number, given.left.run, given.left.step, given.left.actions)}/step/${now.step}/${now.tab}`
    : `#/trace/${number}/run/${now.run}/step/${now.step}/${now.tab}`;

  // Where a way on from the chosen step begins: the run that is left, after which step, and the actions since.
  const wayFrom = () => {
    if (!way) return { run: now.run, step: now.step, actions: [] };
    const { run, step, actions } = given.left;
    return { run, step: Math.min(step, now.step), actions: actions.slice(0, Math.max(0, now.step - step)) };
  };

  // The tabs: the name in addresses, the words, what is shown of the step, and whether it is there at all.
  const tabs = [
    ['chart', 'Chart', () => { chart = chartBox(trace, runOf(), now.step, choose, panels.clientWidth || window.innerWidth - 40); return [chart, legend(trace, runOf())]; }, true],
    ['holds', 'Who holds what', () => holdings(trace, runOf(), now.step), true],
    ['so', 'What is so', () => soFar(trace, runOf(), now.step), true],
    ['why', 'Why', () => why(trace, (run, step) => { now.run = run; now.step = step; now.tab = trace.evidence === 'twin' ? 'holds' : 'chart'; whole(); headline.scrollIntoView({ block: 'nearest' }); }), !way],
    ['ways', 'Other ways on', () => waysPanel(number, trace, wayFrom(), way && now.step === runOf().steps.length ? way : null), book.live],
    ['state', 'State', () => statePanel(runOf(), now.step), true],
  ].filter(([, , , there]) => there);
  if (!tabs.some(([name]) => name === now.tab)) now.tab = way ? 'ways' : trace.evidence === 'twin' ? 'why' : 'chart';

  const show = all => {
    for (const [name, words, content] of tabs) {
      const panel = document.getElementById(`panel-${name}`);
      panel.hidden = name !== now.tab;
      if (name === now.tab || all) swap(panel, h('p', { class: 'paneltitle', 'aria-hidden': 'true' }, words), content()); else if (!(name === 'chart' && chart)) panel.replaceChildren();
    }
    if (all && chart) chart.drawAll();
  };

  const select = () => {
    for (const row of list.querySelectorAll('[aria-selected=true]')) row.setAttribute('aria-selected', 'false');
    const row = list.querySelector(`[data-step="${now.step}"]`);
    row.setAttribute('aria-selected', 'true');
    list.setAttribute('aria-activedescendant', row.id);
    follow(side, row, 4);
    const step = now.step === 0 ? 'The beginning' : `Step ${now.step} of ${runOf().steps.length}: ${runOf().steps[now.step - 1].act}`;
    headline.textContent = `${step}.`;
    announce(headline.textContent);
    history.replaceState(null, '', address());
  };

  const choose = step => {
    now.step = clamp(step);
    select();
    if (now.tab === 'chart' && chart) chart.choose(now.step); else if (now.tab !== 'why') show(false);
  };

  const pick = name => {
    now.tab = name;
    for (const tab of bar.children) { const own = tab.id === `tab-${name}`; tab.setAttribute('aria-selected', own); tab.tabIndex = own ? 0 : -1; }
    show(false);
    history.replaceState(null, '', address());
  };

  const whole = () => {
    list = stepList(trace, runOf(), choose);
    chart = undefined;
    const runs = !way && trace.runs.length > 1;
    swap(side, runs && h('div', { class: 'run', role: 'group', 'aria-label': 'Which run' }, trace.runs.map((run, at) => h('label', { class: 'small' },
      h('input', { type: 'radio', name: 'run', checked: at === now.run, value: at, onchange: () => { now.run = at; now.step = clamp(now.step); whole(); document.querySelector(`input[name=run][value="${at}"]`).focus(); } }), ` ${run.title}`))),
    list);
    list.addEventListener('keydown', event => {
      const to = { ArrowDown: now.step + 1, ArrowUp: now.step - 1, Home: 0, End: runOf().steps.length }[event.key];
      if (to !== undefined && !event.ctrlKey && !event.metaKey && !event.altKey) { event.preventDefault(); choose(to); }
    });
    select();
    pick(now.tab);
  };

  swap(bar, tabs.map(([name, words]) => h('button', { type: 'button', role: 'tab', id: `tab-${name}`, 'aria-controls': `panel-${name}`, onclick: () => pick(name) }, words)));
  bar.addEventListener('keydown', event => {
    const all = [...bar.children], at = all.indexOf(event.target);
    const to = { ArrowRight: (at + 1) % all.length, ArrowLeft: (at + all.length - 1) % all.length, Home: 0, End: all.length - 1 }[event.key];
    if (to !== undefined) { event.preventDefault(); event.stopPropagation(); pick(tabs[to][0]); all[to].focus(); }
  });
  swap(panels, tabs.map(([name]) => h('div', { class: 'panel', role: 'tabpanel', id: `panel-${name}`, 'aria-labelledby': `tab-${name}`, tabindex: 0 })));

  const found = book.results.find(row => row.trace === number);
  page.step = by => choose(now.step + by);
  page.print = () => { show(true); for (const more of main.querySelectorAll(':scope > details')) more.open = true; };
  page.ready = whole;
  return [
    h('p', { class: 'soft small' }, 'Run of ', claimLink(trace.claim), `, put to ${trace.adversary}, in ${trace.design}`),
    h('h1', {}, trace.sentence),
    h('p', {}, verdictMark(found || { ...trace, as_expected: true }), ' ', trace.verdict_says),
    trace.flaw && h('p', { class: 'note' }, `A mistake was planted in the model on purpose: ${trace.flaw}.`),
    h('details', {}, h('summary', {}, `The adversary: ${trace.adversary}`), trace.adversary_says.map(line => h('p', {}, line)), h('p', { class: 'soft' }, `The design: ${trace.design_says}`)),
    way && h('p', { class: 'note', id: 'way' }, `This is another way on: the stored run was left after step ${given.left.step}. `, h('a', { href: `#/trace/${number}/run/${given.left.run}/step/${given.left.step}` }, 'Back to it')),
    h('div', { class: 'trace' }, side, h('div', {}, headline, bar, panels)),
  ];
};
