import { existsSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism, cpus, totalmem } from 'node:os';
import { parseArgs } from 'node:util';
import { measureContents } from './contents.ts';
import { type BenchContext, makeScratch, type Row } from './context.ts';
import { measureDifference } from './difference.ts';
import { measureEngine } from './engine.ts';
import { measureFindings } from './findings.ts';
import { measureFirstFrame } from './first-frame.ts';
import { measureKeys, measureKeysOfImage, measureKeysOfPair } from './keys.ts';
import { measureMillion } from './million.ts';
import { findPeers } from './peers.ts';
import { measureArchive, measureLayout } from './reading.ts';
import { measureSecondLook } from './second-look.ts';
import { measureStartup } from './startup.ts';

// `npm run bench` prints one table and writes nothing else but the synthetic archives, which it keeps in bench/data.
// Real images are taken from the folder that FATHOM_BENCH_IMAGES names; peers from the PATH.

const parts: Readonly<Record<string, (context: BenchContext) => Promise<readonly Row[]>>> = {
	startup: measureStartup,
	archive: measureArchive,
	layout: measureLayout,
	'second-look': measureSecondLook,
	contents: measureContents,
	findings: measureFindings,
	'first-frame': measureFirstFrame,
	million: measureMillion,
	keys: measureKeys,
	'image-keys': measureKeysOfImage,
	difference: measureDifference,
	'difference-keys': measureKeysOfPair,
	engine: measureEngine,
};

const { values } = parseArgs({
	options: { rounds: { type: 'string' }, only: { type: 'string', multiple: true } },
});
const unknown = (values.only ?? []).filter((name) => !Object.hasOwn(parts, name));
if (unknown.length > 0) {
	console.error(
		`--only ${unknown.join(', ')}: no such part. The parts are ${Object.keys(parts).join(', ')}.`,
	);
	process.exit(2);
}
const { FATHOM_BENCH_IMAGES: folder } = process.env;
const context: BenchContext = {
	peers: findPeers(),
	rounds: Number(values.rounds ?? 5),
	images: folder !== undefined && existsSync(folder) ? folder : null,
	scratch: makeScratch(),
};

try {
	console.log(machine());
	console.log(absences(context));
	console.log('| what | measured | goal: at most |\n|---|---|---|');
	for (const [name, measure] of Object.entries(parts)) {
		if (values.only && !values.only.includes(name)) continue;
		for (const { what, value, goal } of await measure(context))
			console.log(`| ${what} | ${value} | ${goal ?? ''} |`);
	}
} finally {
	rmSync(context.scratch, { recursive: true, force: true });
}

function machine(): string {
	const memory = `${Math.round(totalmem() / 2 ** 30)} GiB`;
	const system =
		/^PRETTY_NAME="(.*)"$/m.exec(readFileSync('/etc/os-release', 'utf8'))?.[1] ?? process.platform;
	return `${cpus()[0]?.model ?? 'unknown processor'}, ${availableParallelism()} cores, ${memory}, ${system}, Node ${process.versions.node}`;
}

function absences({ peers, images }: BenchContext): string {
	const absent = Object.entries(peers)
		.filter(([, peer]) => peer === null)
		.map(([name]) => name);
	const real = images === null ? 'FATHOM_BENCH_IMAGES names no folder: no real images. ' : '';
	return `${real}${absent.length === 0 ? '' : `Not on the PATH: ${absent.join(', ')}.`}\n`;
}
