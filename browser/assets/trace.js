// A trace: its steps on one side; on the other, whatever is asked of the step that is chosen.
const TABS = [['chart', 'Chart'], ['holds', 'Who holds what'], ['so', 'What is so'], ['why', 'Why'], ['ways', 'Other ways on'], ['state', 'State']];

const stepList = (run, choose) => {
  const list = h('div', { role: 'listbox', tabindex: 0, 'aria-label': 'Steps', id: 'steps' });
  const option = (number, ...parts) => h('div', { class: 'step', role: 'option', id: `step-${number}`, 'data-step': number, 'aria-selected': false,
    'aria-posinset': number + 1, 'aria-setsize': run.steps.length + 1 }, h('span', { class: 'number', 'aria-hidden': 'true' }, number === 0 ? '' : number), h('div', {}, parts));
  const wrote = new Map();
  for (const row of run.logged) wrote.set(row.step, (wrote.get(row.step) || []).concat(joined(row.cells)));
  const rows = document.createDocumentFragment();
  rows.append(option(0, 'The beginning.', run.before.map(before => h('span', { class: 'wrote' }, before))));
  let day = null;
  run.steps.forEach((step, at) => {
    if (step.day !== day) { day = step.day; rows.append(h('div', { class: 'day', role: 'presentation' }, `Day ${day}`)); }
    if (run.round === at) rows.append(h('div', { class: 'day', role: 'presentation' }, '↻ From here on the run goes round'));
    rows.append(option(at + 1, step.says, step.power && h('span', { class: 'power' }, `▲ ${step.by_adversary ? 'an act of the adversary' : 'done by others'}: ${step.power}`),
      (wrote.get(at + 1) || []).map(row => h('span', { class: 'wrote' }, `✎ recorded: ${row}`))));
  });
  list.append(rows);
  list.addEventListener('click', event => { const row = event.target.closest('[data-step]'); if (row) choose(Number(row.dataset.step)); });
  return list;
};

const tracePage = (number, given) => {
  const trace = book.traces[number];
  if (!trace) return [h('h1', {}, 'There is no such run here'), h('p', {}, h('a', { href: '#/' }, 'Back to the overview'))];
  const way = given.way;
  const now = { run: given.run, tab: given.tab, step: 0 };
  const runOf = () => way ? way.run : trace.runs[now.run];
  const clamp = step => Math.max(0, Math.min(runOf().steps.length, step));
  now.step = clamp(given.step === null ? runOf().steps.length : given.step);
  const tabs = TABS.filter(([name]) => (name !== 'ways' || book.live) && (name !== 'why' || !way));
  if (!tabs.some(([name]) => name === now.tab)) now.tab = way ? 'ways' : trace.evidence === 'twin' ? 'why' : 'chart';

  const side = h('div', { class: 'steps' });
  const bar = h('div', { class: 'tabs', role: 'tablist', 'aria-label': 'What to show of the step' });
  const panels = h('div', {});
  const headline = h('h2', { class: 'now', id: 'now' });
  let list, chart;

  const address = () => way ? `${wayAddress(number, given.left.run, given.left.step, given.left.actions)}/step/${now.step}/${now.tab}`
    : `#/trace/${number}/run/${now.run}/step/${now.step}/${now.tab}`;

  const contents = {
    chart: () => { chart = chartBox(runOf(), now.step, choose, panels.clientWidth || window.innerWidth - 40); return [chart, legend(runOf())]; },
    holds: () => holdings(trace, runOf(), now.step),
    so: () => soFar(trace, runOf(), now.step),
    why: () => why(trace, (run, step) => { now.run = run; now.step = step; now.tab = trace.evidence === 'twin' ? 'holds' : 'chart'; whole(); document.getElementById('now').scrollIntoView({ block: 'nearest' }); }),
    state: () => statePanel(runOf(), now.step),
    ways: () => {
      const left = way && now.step === runOf().steps.length ? given.left : way ? {
        run: given.left.run, step: Math.min(given.left.step, now.step), actions: given.left.actions.slice(0, Math.max(0, now.step - given.left.step)) } : { run: now.run, step: now.step, actions: [] };
      const place = h('div', { 'aria-busy': 'true' }, h('p', { class: 'soft' }, 'Asking …'));
      const asked = way && left === given.left ? Promise.resolve(way) : askWays(number, left.run, left.step, left.actions);
      asked.then(found => swap(place, waysList(number, trace, left, found)), error => swap(place, h('p', { class: 'note', role: 'alert' }, `The server does not say: ${error.message}`)))
        .then(() => place.setAttribute('aria-busy', 'false'));
      return place;
    },
  };

  const show = all => {
    for (const [name, words] of tabs) {
      const panel = document.getElementById(`panel-${name}`);
      panel.hidden = name !== now.tab;
      if (name === now.tab || all) swap(panel, h('p', { class: 'paneltitle', 'aria-hidden': 'true' }, words), contents[name]()); else if (!(name === 'chart' && chart)) panel.replaceChildren();
    }
    if (all && chart) chart.drawAll();
  };

  const select = () => {
    for (const row of list.querySelectorAll('[aria-selected=true]')) row.setAttribute('aria-selected', 'false');
    const row = list.querySelector(`[data-step="${now.step}"]`);
    row.setAttribute('aria-selected', 'true');
    list.setAttribute('aria-activedescendant', row.id);
    const top = row.offsetTop, box = side;
    if (top < box.scrollTop + 40 || top + row.offsetHeight > box.scrollTop + box.clientHeight) box.scrollTop = top - box.clientHeight / 3;
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
    list = stepList(runOf(), choose);
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

  const row = { ...trace, expected: (book.results.find(row => row.trace === number) || {}).expected, as_expected: true };
  page.step = by => choose(now.step + by);
  page.print = () => { show(true); for (const more of main.querySelectorAll(':scope > details')) more.open = true; };
  page.ready = whole;
  return [
    h('p', { class: 'soft small' }, 'Run of ', claimLink(trace.claim), `, put to ${trace.adversary}, in ${trace.design}`),
    h('h1', {}, trace.sentence),
    h('p', {}, verdictMark(row), ' ', trace.verdict_says),
    trace.flaw && h('p', { class: 'note' }, `A mistake was planted in the model on purpose: ${trace.flaw}.`),
    h('details', {}, h('summary', {}, `The adversary: ${trace.adversary}`), trace.adversary_says.map(line => h('p', {}, line)), h('p', { class: 'soft' }, `The design: ${trace.design_says}`)),
    way && h('p', { class: 'note', id: 'way' }, `This is another way on: the stored run was left after step ${given.left.step}. `, h('a', { href: `#/trace/${number}/run/${given.left.run}/step/${given.left.step}` }, 'Back to it')),
    h('div', { class: 'trace' }, side, h('div', {}, headline, bar, panels)),
  ];
};
