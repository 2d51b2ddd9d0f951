// Other ways on: what else could happen, asked of the server that this page came from.
const askWays = async (trace, run, step, actions) => {
  const answer = await fetch('ways', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ trace, run, step, actions }) });
  if (!answer.ok) throw new Error(await answer.text() || `the server answered ${answer.status}`);
  return answer.json();
};

const wayAddress = (trace, run, step, actions) => `#/trace/${trace}/way/${run}.${step}/${actions.join('-') || 'none'}`;

const waysList = (number, trace, left, way) => {
  const said = way.alike.map((same, at) => same && h('li', {}, `The adversary holds here exactly what it holds at the end of ${trace.runs[at].title.replace(/^The/, 'the')}.`)).filter(Boolean);
  return [
    h('h3', {}, 'What could happen next'),
    way.next.length === 0 ? h('p', { class: 'soft' }, 'Nothing: the scope ends here.') :
      h('ul', { class: 'ways' }, way.next.map(next => h('li', {}, h('button', { type: 'button', 'data-action': next.number,
        onclick: () => { location.hash = wayAddress(number, left.run, left.step, left.actions.concat(next.number)); } },
      next.power && h('span', { class: 'power' }, next.by_adversary ? '▲ by the adversary: ' : '▲ by others: '), next.act)))),
    h('h3', {}, 'What is so here'),
    factList(trace, way.run.steps.length === 0 ? way.run.facts : way.run.steps.at(-1).facts),
    h('ul', {}, said, way.known.map(message => h('li', {}, `The adversary can work out the text of message ${message}.`)),
      way.alike.length > 0 && said.length === 0 && h('li', {}, 'The adversary holds something else here than at the end of the stored run.')),
    h('p', { class: 'soft small' }, 'Whether the adversary knows more than this takes an exhausted search of all runs; mailcover check makes one.'),
  ];
};
