// Other ways on: what else could happen, asked of the server that this page came from.
const ask = async (what, asked) => {
  const answer = await fetch(what, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(asked) });
  if (!answer.ok) throw new Error(await answer.text() || `the server answered ${answer.status}`);
  return { done: answer.status === 200, said: await answer.json() };
};

const askWays = async (trace, run, step, actions) => (await ask('ways', { trace, run, step, actions })).said;

// What the adversary knows takes a search of all runs, which the server makes once for each claim.
const knowsHere = (number, left) => {
  const place = h('div', { id: 'knows', 'aria-busy': 'true' });
  const asked = { trace: number, run: left.run, step: left.step, actions: left.actions };
  const again = async () => {
    const { done, said } = await ask('knows', asked);
    if (done) return said;
    swap(place, h('p', { class: 'soft' }, `All runs of the scope are searched once for this: ${count(said.states, 'state')} so far …`));
    await new Promise(resolve => setTimeout(resolve, 400));
    return place.isConnected ? again() : null;
  };
  again().then(knows => {
    if (knows) swap(place, knowsList(knows));
  }, error => swap(place, h('p', { class: 'note', role: 'alert' }, `What is known here is not known: ${error.message}`)))
    .then(() => place.setAttribute('aria-busy', 'false'));
  return place;
};

const knowsList = knows => [
  h('ul', { class: 'facts' }, knows.lines.map(line => h('li', {}, h('span', { class: line.known ? 'so' : 'notso' }, line.known ? '● known' : '○ open'),
    h('div', {}, line.says, line.breaks && h('strong', {}, ' This breaks the claim.'), line.other.length > 0 && h('details', {}, h('summary', {}, 'A run that looks the same, and in which it is otherwise'), h('ol', {}, line.other.map(step => h('li', {}, step)))))))),
  h('p', { class: 'soft small' }, knows.alike === 1 ? `No other of the ${count(knows.states, 'state')} of the scope looks like this one to the adversary.`
    : `Of the ${count(knows.states, 'state')} of the scope, ${knows.alike.toLocaleString('en')} look like this one to the adversary.`),
];

const wayAddress = (trace, run, step, actions) => `#/trace/${trace}/way/${run}.${step}/${actions.join('-') || 'none'}`;

// Of a claim about every state, this one is enough to break it; of one about some state, to show it.
const broken = (trace, facts) => {
  if (trace.kind === 'always') return h('p', {}, facts.includes(0) ? 'Nothing here breaks the claim.' : h('strong', {}, 'This breaks the claim.'));
  return trace.kind === 'reachable' && trace.facts.length === 2 && facts.includes(0) && h('p', {}, 'This is what the claim says can be reached.');
};

// What could come after the step at which this way ends; the way itself, where it is known already.
const waysPanel = (number, trace, left, known) => {
  const place = h('div', { 'aria-busy': 'true' }, h('p', { class: 'soft' }, 'Asking …'));
  const asked = known ? Promise.resolve(known) : askWays(number, left.run, left.step, left.actions);
  asked.then(way => swap(place, waysList(number, trace, left, way)), error => swap(place, h('p', { class: 'note', role: 'alert' }, `The server does not say: ${error.message}`)))
    .then(() => place.setAttribute('aria-busy', 'false'));
  return place;
};

const waysList = (number, trace, left, way) => {
  const facts = way.run.steps.length === 0 ? way.run.facts : way.run.steps.at(-1).facts;
  const said = way.alike.map((same, at) => same && h('li', {}, `The adversary holds here exactly what it holds at the end of ${trace.runs[at].title.replace(/^The/, 'the')}.`)).filter(Boolean);
  return [
    h('h3', {}, 'What could happen next'),
    way.next.length === 0 ? h('p', { class: 'soft' }, 'Nothing: the scope ends here.') :
      h('ul', { class: 'ways' }, way.next.map(next => h('li', {}, h('button', { type: 'button', 'data-action': next.number,
        onclick: () => { location.hash = wayAddress(number, left.run, left.step, left.actions.concat(next.number)); } },
      next.power && h('span', { class: 'power' }, next.by_adversary ? '▲ by the adversary: ' : '▲ by others: '), next.act)))),
    h('h3', {}, 'What is so here'),
    broken(trace, facts),
    factList(trace, facts),
    h('ul', {}, said, way.known.map(message => h('li', {}, `The adversary can work out the text of message ${message}.`)),
      way.alike.length > 0 && said.length === 0 && h('li', {}, 'The adversary holds something else here than at the end of the stored run.')),
    way.alike.length > 0 && [h('h3', {}, 'What the adversary knows here'), knowsHere(number, left)],
  ];
};
