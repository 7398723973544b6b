import { Readable } from 'node:stream';
import { describe, test } from 'node:test';
import { noCache } from '../../source/cache/layer-cache.ts';
import { FathomError, type FathomErrorDetails } from '../../source/errors.ts';
import { findAnywhere } from '../../source/sources/find-anywhere.ts';
import type { FoundImage, ImageSource, SourceInput } from '../../source/sources/image-source.ts';
import { LayerWorkers } from '../../source/sources/workers/layer-workers.ts';

const input: SourceInput = {
	reference: 'nginx:1.27',
	name: 'nginx:1.27',
	stdin: Readable.from([]),
	workers: new LayerWorkers(),
	cache: noCache(),
	host: { environment: {}, homeFolder: '/', currentFolder: '/', system: 'linux', userId: 0 },
	access: { username: null, password: null, insecure: false, namespace: null },
};

const image: FoundImage = { foundIn: 'an engine', read: () => Promise.reject(new Error('not here')) };

const notRunning = refusing({
	code: 'unavailable',
	message: 'Docker is not running (unix:///run/docker.sock: no such file).',
	hint: 'Start Docker.',
});
const locked = refusing({
	code: 'denied',
	message: 'Podman: permission denied on /run/podman.sock.',
	hint: 'Join the group podman.',
});
const unknown = refusing({ code: 'not-found', message: 'docker.io has no library/nginx:1.27.' });

describe('looking for an image in one place after the other', () => {
	test('ends where it is found', async (t) => {
		const found = await findAnywhere(inTurn(notRunning, unknown, having(image), broken()), input, {});
		t.assert.equal(found, image);
	});

	test('goes on where a place is not there, has no such image, or lets nobody in', async (t) => {
		const found = await findAnywhere(inTurn(notRunning, locked, unknown, having(image)), input, {});
		t.assert.equal(found, image);
	});

	test('ends where a place has the image and cannot give it', async (t) => {
		const failing = refusing({ code: 'no-such-image', message: 'There is no nginx for linux/s390x.' });
		await t.assert.rejects(findAnywhere(inTurn(notRunning, failing, having(image)), input, {}), {
			code: 'no-such-image',
		});
	});

	test('tells in one line what every place said, when none has it', async (t) => {
		await t.assert.rejects(findAnywhere(inTurn(notRunning, unknown), input, {}), {
			code: 'not-found',
			message:
				'nginx:1.27 was not found: Docker is not running (unix:///run/docker.sock: no such file); docker.io has no library/nginx:1.27.',
			hint: 'Check the name, or name one source: docker:REF, podman:REF, containerd:REF, registry:REF.',
		});
	});

	test('does not say the name again and again', async (t) => {
		const empty = refusing({ code: 'not-found', message: 'Docker has no image nginx:1.27.' });
		await t.assert.rejects(findAnywhere(inTurn(empty), input, {}), {
			message: 'nginx:1.27 was not found: Docker has no such image.',
		});
	});

	test('gives the hint of an engine that runs and lets nobody in', async (t) => {
		await t.assert.rejects(findAnywhere(inTurn(notRunning, locked, unknown), input, {}), {
			hint: 'Join the group podman.',
		});
	});

	test('tells what an engine has that may be meant', async (t) => {
		const similar = refusing({ code: 'not-found', message: 'It is not there.', hint: 'It has nginx:1.26.' });
		await t.assert.rejects(findAnywhere(inTurn(notRunning, similar, unknown), input, {}), {
			hint: 'docker has nginx:1.26.',
		});
	});

	test('keeps what every place said as the cause', async (t) => {
		await t.assert.rejects(findAnywhere(inTurn(notRunning, unknown), input, {}), {
			cause: new AggregateError(
				[await reasonOf(notRunning), await reasonOf(unknown)],
				'What each source said',
			),
		});
	});

	test('asks nobody else once the user interrupts', async (t) => {
		const stop = new AbortController();
		const slow: ImageSource = {
			sourceName: 'docker',
			find: async () => {
				stop.abort();
				throw new FathomError({ code: 'unavailable', message: 'The connection was closed.' });
			},
		};
		await t.assert.rejects(findAnywhere(inTurn(slow, broken()), input, { signal: stop.signal }), {
			code: 'interrupted',
		});
	});
});

function refusing(details: FathomErrorDetails): ImageSource {
	return { sourceName: 'docker', find: () => Promise.reject(new FathomError(details)) };
}

function reasonOf(source: ImageSource): Promise<unknown> {
	return source.find(input, {}).catch((error: unknown) => error);
}

function having(located: FoundImage): ImageSource {
	return { sourceName: 'docker', find: async () => located };
}

/** A place that is not to be asked. */
function broken(): ImageSource {
	return { sourceName: 'docker', find: () => Promise.reject(new TypeError('It was asked.')) };
}

async function* inTurn(...sources: readonly ImageSource[]): AsyncGenerator<ImageSource> {
	yield* sources;
}
