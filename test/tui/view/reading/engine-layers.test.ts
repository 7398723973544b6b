import { randomBytes } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { describe, type TestContext, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { digestOf } from '../../../sources/engine/support/engine-content.ts';
import { fakeEngine } from '../../../sources/engine/support/fake-engine.ts';
import { docker20Archive } from '../../../support/archives/docker-20-archive.ts';
import { file } from '../../../support/archives/tar-entry.ts';
import type { TestImage } from '../../../support/archives/write-archive.ts';
import { hasLayers, startInTerminal, type TerminalSession } from '../../support/terminal.ts';

const size = { columns: 120, rows: 40 };
const layerCount = 4;

/** Layers of one file each. */
const image: TestImage = {
	names: ['app:1'],
	layers: Array.from({ length: layerCount }, (_, index) => [
		file(`file-${index + 1}`, randomBytes(200_000 + index)),
	]),
	config: {
		config: { Env: ['MODE=production'], Cmd: ['/file-4'] },
		history: [
			...[1, 2, 3, 4].map((number) => ({ created_by: `/bin/sh -c make file-${number}` })),
			{ created_by: '/bin/sh -c #(nop)  CMD ["/file-4"]', empty_layer: true },
		],
	},
};

/** What Docker Engine lists, the last step first. It does not say which steps have a layer. */
const history = [
	{ CreatedBy: '/bin/sh -c #(nop)  CMD ["/file-4"]', Created: 1_767_225_600, Size: 0 },
	...[4, 3, 2, 1].map((number) => ({
		CreatedBy: `/bin/sh -c make file-${number}\u001B[31m`,
		Created: 1_767_225_600,
		Size: 200_000,
	})),
];

/** Row of a layer in the list. */
function rowOf(screen: readonly string[], layer: number): string {
	return screen.find((row) => new RegExp(`^[ ❯›]${layer} `).test(row))?.slice(0, 50) ?? '';
}

/** An engine that sends its export part by part, as it is told. */
async function slowEngine(t: TestContext) {
	const { parts, config, diffIds } = docker20Archive(image);
	const asked: ServerResponse[] = [];
	const closed = Promise.withResolvers<void>();
	const engine = await fakeEngine(t, {
		name: 'app:1',
		archive: new Uint8Array(),
		inspect: {
			Id: digestOf(config),
			RepoTags: ['app:1'],
			...{ Os: 'linux', Architecture: 'amd64', Created: '2026-01-01T00:00:00Z' },
			Config: { Env: ['MODE=production'], Cmd: ['/file-4'] },
			RootFS: { Type: 'layers', Layers: diffIds },
		},
		answer: (request, response) => {
			if (request.url?.endsWith('/history')) response.end(JSON.stringify(history));
			else if (request.url?.endsWith('/get')) {
				response.writeHead(200);
				response.flushHeaders();
				asked.push(response);
				response.on('close', closed.resolve);
			} else return false;
			return true;
		},
	});
	const order = parts.flatMap(({ layer }) => (layer === null ? [] : [layer]));
	/** Behind the layer that comes as the `count`-th. */
	const place = (count: number): number =>
		count === 0 ? 0 : parts.findIndex(({ layer }) => layer === order[count - 1]) + 1;
	return {
		...engine,
		order,
		/** Resolved once the program has closed the connection of an export. */
		closed: closed.promise,
		/** Resolves once the export was asked for so many times. */
		askedFor: async (times: number) => {
			while (asked.length < times) await sleep(20);
		},
		/** Sends what follows the first `from` layers, up to the end of the first `to` ones. */
		send: (from: number, to: number) => {
			for (const { bytes } of parts.slice(place(from), place(to))) asked.at(-1)?.write(bytes);
		},
		/** Sends what follows the first `from` layers, to the end. */
		finish: (from: number) => {
			for (const { bytes } of parts.slice(place(from))) asked.at(-1)?.write(bytes);
			asked.at(-1)?.end();
		},
		breakOff: () => asked.at(-1)?.socket?.destroySoon(),
	};
}

function explore(t: TestContext, address: string): TerminalSession {
	return startInTerminal(t, { size, arguments: ['docker:app:1'], environment: { DOCKER_HOST: address } });
}

describe('an image of Docker Engine while it is exported', () => {
	test('shows all layers, the config and the history before anything of it has come', async (t) => {
		const engine = await slowEngine(t);
		const terminal = explore(t, engine.address);
		await terminal.until((screen) => /waiting/.test(rowOf(screen, layerCount)));
		const screen = terminal.screen();
		t.assert.match(screen[1], /^━ app:1 ━ waiting for the first bytes(?: · \d+ s)? ━ 4 layers ━/);
		for (const number of [1, 2, 3, 4])
			t.assert.match(
				rowOf(screen, number),
				new RegExp(`${number} .*200 kB waiting {2}RUN make file-${number}\\\\x1B`),
			);
		t.assert.equal(terminal.output().includes('\u001B[31mfile'), false);
		terminal.press('6');
		await terminal.until((screen) => screen[0].includes('[6 '));
		const shown = terminal.screen().join('\n');
		t.assert.match(shown, /env MODE +production/);
		t.assert.match(shown, / CMD \["\/file-4"\]/);
		terminal.press('q');
		t.assert.equal(await terminal.exit(), 0);
		await engine.closed;
	});

	test('shows each layer as soon as it has come, in whatever order that is', async (t) => {
		const engine = await slowEngine(t);
		const terminal = explore(t, engine.address);
		await terminal.until((screen) => /waiting/.test(rowOf(screen, layerCount)));
		await engine.askedFor(1);
		const [first, second, ...others] = engine.order;
		engine.send(0, 1);
		await terminal.until((screen) => !/waiting|%/.test(rowOf(screen, first)));
		for (const other of [second, ...others]) t.assert.match(rowOf(terminal.screen(), other), /waiting/);
		t.assert.match(terminal.screen()[1], / reading 25 % /);
		terminal.press('G');
		for (let layer = layerCount; layer > first; layer--) terminal.press('k');
		await terminal.until((screen) => screen.join('\n').includes(`file-${first}`));
		engine.send(1, 2);
		await terminal.until((screen) => !/waiting|%/.test(rowOf(screen, second)));
		engine.finish(2);
		await terminal.until((screen) => hasLayers(screen) && screen[1].includes('efficiency'));
		t.assert.match(rowOf(terminal.screen(), 4), /RUN make file-4 /);
	});

	test('shows the layers that came before the export broke off, and all of them at another attempt', async (t) => {
		const engine = await slowEngine(t);
		const terminal = explore(t, engine.address);
		await engine.askedFor(1);
		engine.send(0, 2);
		await terminal.until((screen) => !/waiting|%/.test(rowOf(screen, engine.order[1])));
		engine.breakOff();
		await terminal.until((screen) => hasLayers(screen) && screen[1].includes('without layers'));
		const [first, second, third, fourth] = engine.order;
		for (const layer of [third, fourth]) t.assert.match(rowOf(terminal.screen(), layer), /- +failed/);
		for (const layer of [first, second]) t.assert.doesNotMatch(rowOf(terminal.screen(), layer), /failed/);
		for (let layer = 1; layer < third; layer++) terminal.press('j');
		await terminal.until((screen) =>
			/This layer could not be read: Docker Engine .* the export of app:1 ended early/s.test(
				screen.map((row) => row.slice(0, 47).trim()).join(' '),
			),
		);
		terminal.press('r');
		await engine.askedFor(2);
		engine.finish(0);
		await terminal.until((screen) => hasLayers(screen) && !screen[1].includes('without'));
		await terminal.until((screen) => screen.join('\n').includes(`file-${third}`));
		terminal.press('q');
		t.assert.equal(await terminal.exit(), 0);
	});

	test('is an error where nothing came before the export broke off', async (t) => {
		const engine = await slowEngine(t);
		const terminal = explore(t, engine.address);
		await terminal.until((screen) => /waiting/.test(rowOf(screen, layerCount)));
		await engine.askedFor(1);
		engine.breakOff();
		t.assert.equal(await terminal.exit(), 2);
		t.assert.match(terminal.screen().join(''), /the export of app:1 ended early/);
	});
});
