// Why: a derivation as a tree, or two runs that leave the same behind, or the class that was exhausted.
const stepLink = (go, run, step, words) => step === 0 ? h('span', { class: 'soft' }, words || 'before the run') :
  h('button', { type: 'button', class: 'linkish', onclick: () => go(run, step) }, words || `step ${step}`);

const derivationTree = (derivation, go) => {
  const node = number => {
    const known = derivation.steps[number - 1];
    return h('li', {}, h('span', {}, known.term), known.fingerprint && [' ', h('span', { class: 'print' }, known.fingerprint)], h('br'),
      h('span', { class: 'soft small' }, known.from.length > 0 ? reasons(known) : [known.step === null || known.step === 0 ? known.why : ['seen in ', stepLink(go, 0, known.step)]]),
      known.from.length > 0 && h('ul', {}, known.from.map(node)));
  };
  const reasons = known => known.why.startsWith('opened') ? 'opened with what follows' : known.why.startsWith('put') ? 'put together from what follows' : 'taken out of what follows';
  return h('section', {}, h('h3', {}, `How the adversary comes by ${derivation.of}`),
    h('ul', { class: 'tree' }, node(derivation.steps.length)),
    h('p', { class: 'soft small' }, 'Fingerprints are symbolic: equal ones stand for equal keys or ciphertexts of the model, and no real key has them.'));
};

// The steps of a run between two of the things that it leaves behind.
const stretch = (trace, number, from, to, go) => {
  const run = trace.runs[number];
  const list = [];
  for (let at = from + 1; at <= to; at += 1) {
    list.push(h('li', {}, h('span', { class: 'soft' }, `${at}.`),
      h('button', { type: 'button', class: 'linkish', onclick: () => go(number, at) }, run.steps[at - 1].act)));
  }
  return h('div', { class: number === 1 ? 'right' : 'left' }, h('p', { class: 'which soft small' }, number === 1 ? 'in the other run' : 'in the one run'), list.length > 0 ? h('ul', {}, list) : h('p', { class: 'soft small' }, 'nothing more'));
};

// Only what happens in the order in which both are left can be set side by side; the rest is said below.
const twins = (trace, go) => {
  const eyes = trace.holders.filter(holder => holder.adversary).map(holder => holder.name);
  const grid = h('div', { class: 'twins', role: 'group', 'aria-label': 'Two runs beside each other' },
    trace.runs.map((run, at) => h('h3', { class: at === 1 ? 'right' : 'left' }, run.title)));
  const past = [0, 0];
  const causes = [...trace.causes].sort((one, other) => Math.max(...one.by.map(by => by.step)) - Math.max(...other.by.map(by => by.step)));
  for (const cause of causes) {
    const to = cause.by.map(by => by.step);
    if (to.some((step, at) => step > past[at])) {
      to.forEach((step, at) => { grid.append(stretch(trace, at, past[at], Math.max(past[at], step), go)); past[at] = Math.max(past[at], step); });
    }
    const before = to.every(step => step === 0);
    grid.append(h('div', { class: 'entry' }, h('span', { class: 'same' }, `= ${trace.holders[cause.holder].name}, the same in both${before ? ', from before the run' : ''}`),
      h('strong', {}, cause.entry)));
  }
  if (trace.runs.some((run, at) => run.steps.length > past[at])) trace.runs.forEach((run, at) => grid.append(stretch(trace, at, past[at], run.steps.length, go)));
  const differ = trace.runs.map(run => run.title.replace(/^The run in which /, ''));
  grid.append(h('div', { class: 'entry end' }, h('span', { class: 'same' }, 'At the end of either run'),
    h('strong', {}, trace.causes.length === 0 ? `= ${eyes.join(' and ')}: nothing at all, in both` : `= ${eyes.length === 1 ? eyes[0] + ' shows' : eyes.join(' and ') + ' show'} exactly the same`)));
  differ.forEach((words, at) => grid.append(h('p', { class: `outcome ${at === 1 ? 'right' : 'left'}` }, 'Only here: ', words, '.')));
  return grid;
};

const why = (trace, go) => [
  trace.derivations.map(derivation => derivationTree(derivation, go)),
  trace.evidence === 'twin' && [h('p', {}, 'The same is left behind in two ways. Between the columns stands what the adversary holds; beside it, what caused it in either run.'), twins(trace, go)],
  trace.evidence === 'class' && [
    h('h3', {}, trace.class === 1 ? 'No other state looks like this one' : `All ${count(trace.class, 'state')} that look like this one agree`),
    h('p', {}, 'The search behind this trace found every state of the scope in which the adversary holds exactly this. What it holds, and what caused it here:'),
    h('ul', {}, trace.causes.map(cause => h('li', {}, h('span', { class: 'mono' }, cause.entry), h('br'), h('span', { class: 'soft' }, cause.by.map(by => [by.act, by.step > 0 && [', ', stepLink(go, 0, by.step)], by.recorded && ['. The row was recorded in ', stepLink(go, 0, by.recorded.step, by.recorded.step === 0 ? 'the time before the run' : `step ${by.recorded.step}: ${by.recorded.act}`)]]))))),
    h('p', { class: 'soft small' }, 'This page cannot repeat that search; mailcover trace replay --exhaust does.')],
  trace.evidence === 'lasso' && h('p', {}, `From step ${trace.runs[0].round + 1} on the run goes round, for ever.`),
  h('h3', {}, 'What follows'), h('p', { class: 'lead' }, trace.conclusion),
  h('h3', {}, 'What this rests on'), h('ul', {}, trace.grounds.map(ground => h('li', {}, ground))),
];
