// Whether mermaid's own parser takes each of the files, as sequence diagrams.
import { readFileSync } from 'node:fs';
import { JSDOM } from 'jsdom';

const { window } = new JSDOM('');
globalThis.window = window;
globalThis.document = window.document;
const { default: mermaid } = await import('mermaid');

for (const file of process.argv.slice(2)) {
    const { diagramType } = await mermaid.parse(readFileSync(file, 'utf8'));
    if (diagramType !== 'sequence') throw new Error(`${file}: this is a ${diagramType}`);
}
console.log(`mermaid takes ${process.argv.length - 2} diagrams`);
