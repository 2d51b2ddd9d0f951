// The state of the world: what a step changed of it, as a tree, and all of it.
const said = value => {
  if (value === null) return 'nothing';
  if (value === true) return 'yes';
  if (value === false) return 'no';
  if (Array.isArray(value)) return value.length === 0 ? 'none' : value.map(said).join(', ');
  if (typeof value === 'object') return Object.entries(value).map(([name, inner]) => `${name}: ${said(inner)}`).join('; ');
  return String(value);
};

const diffTree = changes => {
  const root = new Map();
  for (const change of changes) {
    let place = root;
    for (const name of change.path.slice(0, -1)) {
      if (!(place.get(name) instanceof Map)) place.set(name, new Map());
      place = place.get(name);
    }
    place.set(change.path.at(-1), change);
  }
  const list = level => h('ul', {}, [...level].map(([name, inner]) => h('li', {}, h('span', { class: 'key' }, name), ' ',
    inner instanceof Map ? list(inner) :
      inner.from === null ? [h('span', { class: 'hidden' }, 'added: '), h('ins', {}, `+ ${said(inner.to)}`)] :
      inner.to === null ? [h('span', { class: 'hidden' }, 'removed: '), h('del', {}, said(inner.from))] :
      [h('del', {}, said(inner.from)), ' → ', h('ins', {}, said(inner.to))])));
  return h('div', { class: 'diff' }, list(root));
};

const wholeTree = value => h('ul', { class: 'tree' }, Object.entries(value).map(([name, inner]) => {
  const simple = inner === null || typeof inner !== 'object' || Array.isArray(inner) && inner.every(item => item === null || typeof item !== 'object');
  if (simple) return h('li', {}, h('span', { class: 'key' }, Array.isArray(value) ? Number(name) + 1 : name), ': ', said(inner));
  return h('li', {}, h('details', {}, h('summary', {}, Array.isArray(value) ? Number(name) + 1 : name), Object.keys(inner).length === 0 ? h('p', { class: 'soft' }, 'none') : wholeTree(inner)));
}));

const statePanel = (run, step) => {
  const changes = step === 0 ? [] : run.steps[step - 1].changes;
  return [
    run.left_out && h('p', { class: 'note' }, run.left_out),
    h('h3', {}, step === 0 ? 'The beginning' : `What step ${step} changed`),
    changes.length === 0 ? h('p', { class: 'soft' }, step === 0 ? 'Nothing has changed yet.' : 'Nothing.') : diffTree(changes),
    h('h3', {}, 'The whole state'), wholeTree(stateAt(run, step)),
  ];
};
