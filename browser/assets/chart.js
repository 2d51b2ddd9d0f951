// The sequence chart: a band for each step, drawn when it comes into sight.
const inSight = 'IntersectionObserver' in window;

const drawShapes = (picture, lanes, band, height) => {
  for (const lane of lanes) picture.append(s('line', { class: 'life', x1: lane.x, y1: 0, x2: lane.x, y2: height }));
  let box = null;
  for (const shape of band.shapes) {
    const look = shape.look;
    if (shape.shape === 'line') picture.append(s('line', { class: look, x1: shape.x, x2: shape.to, y1: shape.y, y2: shape.y }));
    if (shape.shape === 'point') {
      const back = shape.right ? shape.x - 9 : shape.x + 9;
      picture.append(s('polygon', { class: look, points: `${shape.x},${shape.y} ${back},${shape.y - 4} ${back},${shape.y + 4}` }));
    }
    if (shape.shape === 'box') {
      box = shape;
      picture.append(s('rect', { class: look, x: shape.x, y: shape.y, width: shape.width, height: shape.height, rx: 4 }));
    }
    if (shape.shape === 'text') {
      const inside = box && shape.y > box.y && shape.y < box.y + box.height && shape.x > box.x && shape.x < box.x + box.width;
      picture.append(s('text', { class: `${look}${inside ? ' inbox' : ''}`, x: shape.x, y: shape.y, 'text-anchor': shape.middle ? 'middle' : 'start' }, shape.text));
    }
  }
};

// Scrolls the box sideways until what is drawn of a band is in sight, or, where that is too wide, its left end.
const aside = (box, band) => {
  const marks = [...band.querySelectorAll('svg > :not(.life):not(.number):not(.day)')].map(mark => mark.getBoundingClientRect());
  if (marks.length === 0) return;
  const all = box.getBoundingClientRect();
  const left = Math.min(...marks.map(mark => mark.left)) - 8, right = Math.max(...marks.map(mark => mark.right)) + 8;
  const from = all.left + box.clientLeft, to = from + box.clientWidth;
  if (left >= from && right <= to) return;
  box.scrollLeft += left < from || right - left > to - from ? left - from : right - to;
};

const chartBox = (trace, run, step, choose, room) => {
  const { chart } = run;
  const scale = Math.max(0.74, Math.min(1, (room - 4) / chart.width));
  const paper = height => s('svg', { width: chart.width * scale, height: height * scale, viewBox: `0 0 ${chart.width} ${height}`, 'aria-hidden': 'true' });
  const heads = paper(chart.head);
  for (const lane of chart.lanes) {
    heads.append(s('rect', { class: 'headbox', x: lane.x - 70, y: 2, width: 140, height: chart.head - 10, rx: 4 }));
    lane.name.forEach((line, at) => heads.append(s('text', { class: 'head inbox', x: lane.x, y: 20 + 15 * at, 'text-anchor': 'middle' }, line)));
    heads.append(s('line', { class: 'life', x1: lane.x, y1: chart.head - 8, x2: lane.x, y2: chart.head }));
  }
  const noticed = seenByAdversary(trace, run);
  const draw = place => {
    if (place.firstChild) return;
    const band = chart.bands[Number(place.dataset.band)];
    const picture = paper(band.height);
    drawShapes(picture, chart.lanes, band, band.height);
    const numbered = band.shapes.find(shape => shape.look === 'number');
    if (numbered && noticed.has(band.step)) picture.append(s('text', { class: 'number', x: numbered.x + 3 + 8 * numbered.text.length, y: numbered.y }, '◉'));
    place.append(picture);
  };
  const sheet = h('div', { class: 'chart' }, h('div', { class: 'heads' }, heads));
  sheet.style.width = `${Math.ceil(chart.width * scale)}px`;
  const places = chart.bands.map((band, at) => {
    const place = h('div', { class: 'band', 'data-band': at, 'data-step': band.step });
    place.style.height = `${band.height * scale}px`;
    if (band.step > 0) place.addEventListener('click', () => choose(band.step));
    sheet.append(place);
    return place;
  });
  const box = h('div', { class: 'chartbox', tabindex: 0, role: 'img', 'aria-label': `Sequence chart of ${count(run.steps.length, 'step')}; the steps say the same in words` }, sheet);
  if (inSight) {
    const watch = new IntersectionObserver(seen => { for (const entry of seen) if (entry.isIntersecting) { draw(entry.target); watch.unobserve(entry.target); } },
      { root: null, rootMargin: '400px' });
    places.forEach(place => watch.observe(place));
  } else places.forEach(draw);
  box.drawAll = () => { places.forEach(draw); sheet.style.setProperty('--fit', Math.min(1, 660 / (chart.width * scale)).toFixed(2)); };
  box.choose = number => {
    let chosen = null;
    for (const place of places) {
      const own = number > 0 && Number(place.dataset.step) === number;
      place.classList.toggle('chosen', own);
      if (own) chosen = place;
    }
    if (!chosen) { box.scrollTop = 0; return; }
    draw(chosen);
    const top = chosen.offsetTop;
    if (top < box.scrollTop + chart.head || top + chosen.offsetHeight > box.scrollTop + box.clientHeight) box.scrollTop = top - box.clientHeight / 3;
    aside(box, chosen);
  };
  if (step !== undefined) requestAnimationFrame(() => box.choose(step));
  return box;
};

const legend = (trace, run) => h('p', { class: 'legend' },
  h('span', {}, '→ sent'), h('span', {}, '⇢ answered, or written down'),
  run.steps.some(step => step.power) && h('span', {}, '▲ a capability is used'),
  seenByAdversary(trace, run).size > 0 && h('span', {}, '◉ the adversary sees something of the step; the list of steps says what'));
