// Whether Quint's own reader takes each of the traces, finds what a driver of tests needs, and can print every state.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const { ofItfNormalized, ACTION_TAKEN, NONDET_PICKS } = require('@informalsystems/quint/dist/src/itf.js');
const { prettyQuintEx } = require('@informalsystems/quint/dist/src/graphics.js');
const { format } = require('@informalsystems/quint/dist/src/prettierimp.js');

// A record is an application of Rec to names and values in turns.
const field = (state, name) => {
    const at = state.args.findIndex((part, index) => index % 2 === 0 && part.value === name);
    if (at < 0) throw new Error(`no ${name} in a state`);
    return state.args[at + 1];
};

for (const file of process.argv.slice(2)) {
    const trace = JSON.parse(readFileSync(file, 'utf8'));
    const states = ofItfNormalized(trace);
    if (states.length !== trace.states.length) throw new Error(`${file}: ${states.length} states were read`);
    for (const state of states) {
        for (const name of trace.vars) field(state, name);
        if (typeof field(state, ACTION_TAKEN).value !== 'string') throw new Error(`${file}: an action has no name`);
        if (field(state, NONDET_PICKS).opcode !== 'Rec') throw new Error(`${file}: the picks are no record`);
        if (format(100, 0, prettyQuintEx(state)).length === 0) throw new Error(`${file}: a state prints as nothing`);
    }
}
console.log(`quint reads ${process.argv.length - 2} traces`);
