// Making elements. Text only ever becomes text.
const SVG = 'http://www.w3.org/2000/svg';

const fill = (node, parts) => {
  for (const part of parts.flat(Infinity)) {
    if (part === null || part === undefined || part === false) continue;
    node.append(part instanceof Node ? part : document.createTextNode(String(part)));
  }
  return node;
};

// h('p', {class: 'soft', onclick: f}, 'text', child)
const h = (tag, given, ...parts) => {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(given || {})) {
    if (value === null || value === undefined || value === false && !name.startsWith('aria-')) continue;
    if (name.startsWith('on')) node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true && !name.startsWith('aria-') ? '' : String(value));
  }
  return fill(node, parts);
};

const s = (tag, given, text) => {
  const node = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(given)) node.setAttribute(name, String(value));
  if (text !== undefined) node.textContent = text;
  return node;
};

const swap = (node, ...parts) => { node.replaceChildren(); return fill(node, parts); };

const count = (number, one, many) => `${number.toLocaleString('en')} ${number === 1 ? one : many || one + 's'}`;

// Says something to whoever listens rather than looks.
const announce = text => { const live = document.getElementById('live'); if (live) live.textContent = text; };
