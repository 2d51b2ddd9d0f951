// What the page is given, and questions about it that need no drawing.
const book = JSON.parse(document.getElementById('book').textContent);

const SIGNS = { holds: '✓', violated: '✗', vacuous: '○', inconclusive: '?', 'not-applicable': '–' };
const wordOf = verdict => verdict === 'not-applicable' ? 'not applicable' : verdict;

const verdictMark = row => {
  const feared = row.excused || row.verdict === 'violated' && row.expected === 'violated';
  const meant = row.excused ? ', in the baseline' : feared ? ', as expected' : '';
  const surprise = book.checked && !row.as_expected;
  return h('span', { class: `verdict ${row.verdict}${feared ? ' feared' : ''}${surprise ? ' surprise' : ''}` },
    h('span', { class: 'sign', 'aria-hidden': 'true' }, SIGNS[row.verdict] || '•'),
    h('span', { class: 'word' }, wordOf(row.verdict), surprise ? ', not as expected' : meant));
};

const keyOf = row => JSON.stringify([row.design, row.claim, row.adversary]);
const unique = list => [...new Set(list)];

const changesSince = () => {
  if (!book.earlier) return null;
  const old = new Map(book.earlier.map(row => [keyOf(row), row]));
  const now = new Map(book.results.map(row => [keyOf(row), row]));
  const changes = [];
  for (const row of book.results) {
    const before = old.get(keyOf(row));
    if (!before || before.verdict !== row.verdict) changes.push({ before, after: row });
  }
  for (const row of book.earlier) if (!now.has(keyOf(row))) changes.push({ before: row, after: undefined });
  return changes;
};

const rowTitle = row => `${row.claim}, put to ${row.adversary}, in ${row.design}`;
const joined = cells => cells.filter(cell => cell !== '').join(', ');

// The rows that somebody holds after a step: each with whether this step brought it, or took it away.
const heldBy = (trace, run, step, holder) => {
  const who = trace.holders[holder];
  if (who.set === 'logged') {
    return run.logged.filter(row => row.holder === holder && row.step <= step && (row.deleted === null || row.deleted > step || row.deleted === step && step > 0))
      .map(row => ({ cells: row.cells, brought: row.step === step && step > 0, gone: row.deleted === step }));
  }
  if (who.set === 'stored') {
    const providers = row => trace.holders[row.holder].kept_by === 'provider';
    const rows = run.logged.filter(row => providers(row) && row.step <= step && (row.deleted === null || row.deleted > step))
      .map(row => ({ cells: [`${trace.holders[row.holder].name}: ${joined(row.cells)}`], brought: row.step === step && step > 0 }));
    const stored = run.stored.filter(entry => entry.step <= step).at(-1);
    const before = run.stored.filter(entry => entry.step < step).at(-1);
    const lines = stored ? stored.lines : [];
    return rows.concat(lines.map(line => ({ cells: [line], brought: step > 0 && !(before && before.lines.includes(line)) })));
  }
  return run.seen.filter(seen => seen.holder === holder && seen.step <= step)
    .map(seen => ({ cells: [seen.when, seen.what], brought: seen.step === step && step > 0 }));
};

// What the adversary's own observers remember of each step, by its number, once where several of them saw the same. What a
// log records, and what stores hold, stands in tables of its own.
const seenByAdversary = (trace, run) => {
  const steps = new Map();
  for (const seen of run.seen) {
    if (seen.step === 0 || !trace.holders[seen.holder].adversary) continue;
    const known = steps.get(seen.step) || [];
    if (!known.includes(seen.what)) steps.set(seen.step, known.concat(seen.what));
  }
  return steps;
};

// The facts that the claim speaks of, by their numbers and each once, and last the one that makes the case worth asking
// about, unless the claim speaks of that as well.
const factsOf = trace => {
  const numbers = [...trace.facts.keys()];
  const same = (one, other) => trace.facts[one].text === trace.facts[other].text && trace.facts[one].clause === trace.facts[other].clause;
  const asked = numbers.slice(0, -1).filter((at, place, all) => all.findIndex(other => same(other, at)) === place);
  const last = numbers.at(-1);
  return { asked, exercise: last === undefined || asked.some(at => same(at, last)) ? null : last };
};

// The state after a step: the beginning, with every change since.
const stateAt = (run, step) => {
  const state = structuredClone(run.begins);
  const set = (value, path, to) => {
    const [name, ...rest] = path;
    const key = Array.isArray(value) ? Number(name) - 1 : name;
    if (rest.length > 0) { if (value[key] !== null && value[key] !== undefined) set(value[key], rest, to); return; }
    if (Array.isArray(value) && to === null) value.length = key;
    else value[key] = to;
  };
  for (const entry of run.steps.slice(0, step)) for (const change of entry.changes) set(state, change.path, change.to);
  return state;
};
