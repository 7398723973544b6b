import { test } from 'node:test';
import { emptyConfig, type ImageConfig } from '../../source/image/config.ts';
import { describeImage } from '../../source/image/describe.ts';

const digest = (digit: string) => `sha256:${digit.repeat(64)}`;

const step = (createdBy: string, emptyLayer = false) => ({
	createdBy,
	created: '2025-01-01T00:00:00Z',
	comment: 'made',
	author: null,
	emptyLayer,
});

function describe(config: Partial<ImageConfig>, layerCount: number) {
	return describeImage({
		names: ['app:1'],
		manifestDigest: digest('e'),
		configDigest: digest('c'),
		platform: null,
		annotations: { a: 'b' },
		config: { ...emptyConfig, ...config },
		layers: Array.from({ length: layerCount }, (_, index) => ({
			digest: digest(String(index)),
			mediaType: null,
			storedBytes: 100 + index,
		})),
	});
}

/** What each step and each layer is paired with. */
function pairs(config: Partial<ImageConfig>, layerCount: number) {
	const { description } = describe(config, layerCount);
	return {
		steps: description.history.map(({ layerIndex }) => layerIndex),
		layers: description.layers.map(({ createdBy }) => createdBy),
	};
}

const codes = (config: Partial<ImageConfig>, layerCount: number) =>
	describe(config, layerCount).warnings.map(({ code }) => code);

test('an image is described from its manifest, config and history', (t) => {
	const { description, warnings } = describe(
		{
			platform: { os: 'linux', architecture: 'amd64', variant: null },
			created: '2025-01-02T00:00:00Z',
			author: 'A',
			diffIds: [digest('a')],
			history: [step('ADD rootfs /'), step('CMD ["sh"]', true)],
		},
		1,
	);
	t.assert.deepEqual(warnings, []);
	t.assert.deepEqual(description, {
		names: ['app:1'],
		platform: { os: 'linux', architecture: 'amd64', variant: null },
		osVersion: null,
		osFeatures: [],
		manifestDigest: digest('e'),
		configDigest: digest('c'),
		created: '2025-01-02T00:00:00Z',
		author: 'A',
		config: emptyConfig.runtime,
		annotations: { a: 'b' },
		layers: [
			{
				index: 0,
				digest: digest('0'),
				diffId: digest('a'),
				mediaType: null,
				storedBytes: 100,
				absent: null,
				createdBy: 'ADD rootfs /',
				instruction: 'ADD rootfs /',
				created: '2025-01-01T00:00:00Z',
				comment: 'made',
			},
		],
		history: [
			{
				createdBy: 'ADD rootfs /',
				instruction: 'ADD rootfs /',
				created: '2025-01-01T00:00:00Z',
				comment: 'made',
				author: null,
				layerIndex: 0,
			},
			{
				createdBy: 'CMD ["sh"]',
				instruction: 'CMD ["sh"]',
				created: '2025-01-01T00:00:00Z',
				comment: 'made',
				author: null,
				layerIndex: null,
			},
		],
	});
});

test('the platform of the index goes before that of the config', (t) => {
	const config = { ...emptyConfig, platform: { os: 'linux', architecture: 'arm', variant: null } };
	const platform = { os: 'linux', architecture: 'arm', variant: 'v7' };
	const { description } = describeImage({
		...{ names: [], manifestDigest: null, configDigest: null, annotations: {}, layers: [] },
		config,
		platform,
	});
	t.assert.deepEqual(description.platform, platform);
});

test('steps that made a layer pair with the layers in order', (t) => {
	const history = [step('ADD'), step('ENV', true), step('COPY'), step('CMD', true)];
	t.assert.deepEqual(pairs({ history }, 2), { steps: [0, null, 1, null], layers: ['ADD', 'COPY'] });
	t.assert.deepEqual(codes({ history }, 2), []);
});

test('no history is nothing to warn of', (t) => {
	t.assert.deepEqual(pairs({}, 2), { steps: [], layers: [null, null] });
	t.assert.deepEqual(codes({}, 2), []);
});

test('too little history pairs as far as it goes, with a warning', (t) => {
	const history = [step('ADD')];
	t.assert.deepEqual(pairs({ history }, 2), { steps: [0], layers: ['ADD', null] });
	t.assert.deepEqual(describe({ history }, 2).warnings, [
		{
			code: 'history-mismatch',
			layerIndex: null,
			count: 1,
			example: null,
			message:
				'The history lists 1 layer and the image has 2: instructions may be shown with the wrong layers.',
		},
	]);
});

test('too much history leaves steps without a layer, with a warning', (t) => {
	const history = [step('ADD'), step('COPY'), step('RUN')];
	t.assert.deepEqual(pairs({ history }, 1), { steps: [0, null, null], layers: ['ADD'] });
	t.assert.deepEqual(codes({ history }, 1), ['history-mismatch']);
});

test('layers stripped from an image are told of once, when history and diff IDs still agree', (t) => {
	const history = [step('ADD'), step('COPY'), step('RUN')];
	const { warnings } = describe({ history, diffIds: [digest('a'), digest('b'), digest('c')] }, 1);
	t.assert.deepEqual(warnings, [
		{
			code: 'layer-count-mismatch',
			layerIndex: null,
			count: 1,
			example: null,
			message:
				'The config lists 3 layers and the image has 1: layers may be missing, and instructions may be shown with the wrong ones.',
		},
	]);
});

test('layers beyond the diff IDs have none', (t) => {
	const { description, warnings } = describe({ diffIds: [digest('a')] }, 2);
	t.assert.deepEqual(
		description.layers.map(({ diffId }) => diffId),
		[digest('a'), null],
	);
	t.assert.deepEqual(
		warnings.map(({ code }) => code),
		['layer-count-mismatch'],
	);
});

test('a config without diff IDs is nothing to warn of', (t) => {
	t.assert.deepEqual(codes({}, 3), []);
});

test('an instruction is without the shell that SHELL set before it, or that the config names', (t) => {
	const history = [
		step('RUN /opt/run -x make # buildkit'),
		step('SHELL [/opt/run -x]', true),
		step('RUN |1 A=b c /opt/run -x make # buildkit'),
		step('/opt/run -x #(nop)  SHELL ["/opt/other","-y z"]', true),
		step('/opt/other -y z make'),
		step('/opt/last make'),
	];
	const { description } = describe({ history, runtime: { ...emptyConfig.runtime, shell: ['/opt/last'] } }, 4);
	t.assert.deepEqual(
		description.layers.map(({ instruction }) => instruction),
		['RUN /opt/run -x make', 'RUN make', 'RUN make', 'RUN make'],
	);
	t.assert.equal(description.history[3].instruction, 'SHELL ["/opt/other","-y z"]');
});

test('instructions are looked into up to a bound, and stay as recorded beyond it', (t) => {
	const long = `/bin/sh -c echo ${'x'.repeat(200_000)}`;
	const history = ['/bin/sh -c echo one', long, long, '/bin/sh -c echo two'].map((text) => step(text));
	const { description } = describe({ history }, 4);
	t.assert.deepEqual(
		description.layers.map(({ instruction }) => instruction?.slice(0, 15)),
		['RUN echo one', 'RUN echo xxxxxx', '/bin/sh -c echo', '/bin/sh -c echo'],
	);
});
