import { test } from 'node:test';
import { parsePlatform } from '../../source/image/platform.ts';
import { type Candidate, platformsAbsent, type Selection, selectImage } from '../../source/image/select.ts';

const digest = (digit: string) => `sha256:${digit.repeat(64)}`;
const host = parsePlatform('linux/amd64');

function image(name: string | null, platform: string | null, digit = '0'): Candidate {
	return {
		names: name === null ? [] : [name],
		platform: platform === null ? null : parsePlatform(platform),
		manifestDigest: digest(digit),
		configDigest: null,
	};
}

const select = (candidates: readonly Candidate[], options: Partial<Selection<Candidate>> = {}) =>
	selectImage({ candidates, imageName: undefined, platform: undefined, host, where: 'app.tar', ...options });

const chosen = (...parameters: Parameters<typeof select>) => select(...parameters).chosen;

const arm = image('app:1', 'linux/arm64/v8', '1');
const amd = image('app:1', 'linux/amd64', '2');
const base = image('registry.example.com/team/base:2', null, '3');

test('one image for the host is taken without a word', (t) => {
	t.assert.deepEqual(select([amd]), { chosen: amd, notices: [] });
	t.assert.deepEqual(select([base]), { chosen: base, notices: [] });
});

test('one image for another platform is taken, and a notice says so unless --platform picks it', (t) => {
	t.assert.deepEqual(select([arm]), {
		chosen: arm,
		notices: [
			{
				code: 'image-chosen',
				message: "Opened app:1 (linux/arm64/v8); there is none for this machine's platform, linux/amd64.",
			},
		],
	});
	t.assert.deepEqual(select([arm], { platform: parsePlatform('linux/arm64') }), { chosen: arm, notices: [] });
});

test('two images of one name and platform are told apart by their digests', (t) => {
	const [{ message }] = select([amd, image('app:1', 'linux/amd64', '9')]).notices;
	t.assert.equal(
		message,
		"Opened app:1 (linux/amd64) sha256:222222222222, the first of 2 images that fits this machine's platform; --image or --platform picks another: app:1 (linux/amd64) sha256:999999999999.",
	);
});

test('the first for the host is taken, and a notice says what else there is', (t) => {
	t.assert.deepEqual(select([base, arm, amd]), {
		chosen: amd,
		notices: [
			{
				code: 'image-chosen',
				message:
					"Opened app:1 (linux/amd64), the first of 3 images that fits this machine's platform; --image or --platform picks another: registry.example.com/team/base:2, app:1 (linux/arm64/v8).",
			},
		],
	});
});

test('else the first is taken', (t) => {
	const { chosen, notices } = select([arm, base]);
	t.assert.equal(chosen, arm);
	t.assert.deepEqual(
		notices.map(({ message }) => message),
		[
			"Opened app:1 (linux/arm64/v8), the first of 2 images; there is none for this machine's platform, linux/amd64; --image or --platform picks another: registry.example.com/team/base:2.",
		],
	);
});

test('--platform picks, and one match needs no notice', (t) => {
	t.assert.deepEqual(select([amd, arm], { platform: parsePlatform('linux/arm64') }), {
		chosen: arm,
		notices: [],
	});
});

test('--image picks among names, the host among platforms of one name', (t) => {
	t.assert.equal(chosen([base, arm, amd], { imageName: 'app:1' }), amd);
	t.assert.equal(chosen([amd, base], { imageName: 'registry.example.com/team/base:2' }), base);
	t.assert.equal(chosen([amd, arm], { imageName: 'app:1', platform: parsePlatform('linux/arm64') }), arm);
});

test('--image knows a name in all its usual spellings', (t) => {
	const alpine = image('alpine:latest', null, '4');
	const full = image('docker.io/library/busybox:1', null, '5');
	const all = [alpine, full, base];
	for (const [imageName, expected] of [
		['alpine', alpine],
		['library/alpine', alpine],
		['docker.io/library/alpine:latest', alpine],
		['busybox:1', full],
		['busybox', full],
		['team/base:2', base],
		['team/base', base],
		['registry.example.com/team/base', base],
		[digest('5'), full],
		['sha256:333333', base],
		['444444', alpine],
	] as const) {
		t.assert.equal(chosen(all, { imageName }), expected, imageName);
	}
});

test('the strictest reading of a name wins', (t) => {
	const local = image('base:latest', null);
	const remote = image('registry.example.com/base:latest', null);
	t.assert.equal(chosen([remote, local], { imageName: 'base' }), local);
	t.assert.equal(chosen([local, remote], { imageName: 'registry.example.com/base' }), remote);
});

test('a reference name that is no proper image name is found as written', (t) => {
	const odd = image('UPPERCASE-IS-INVALID', null);
	t.assert.equal(chosen([base, odd], { imageName: 'UPPERCASE-IS-INVALID' }), odd);
});

test('what nothing fits is an error that names what there is', (t) => {
	for (const imageName of ['other', 'base:3', 'other.example.com/team/base:2', '3333', 'app:1 ']) {
		t.assert.throws(() => select([amd, base], { imageName }), { code: 'no-such-image' }, imageName);
	}
	t.assert.throws(() => select([amd, image(null, null, '7')], { imageName: 'other' }), {
		message:
			'app.tar contains no image named "other". It contains: app:1 (linux/amd64), sha256:777777777777.',
		hint: 'Set --image to one of these names or digests, or --platform to one of these platforms.',
	});
	t.assert.throws(() => select([amd], { imageName: 'app:1', platform: parsePlatform('linux/s390x') }), {
		message: 'app.tar contains no image named "app:1" for linux/s390x. It contains: app:1 (linux/amd64).',
	});
});

test('long lists are cut', (t) => {
	const many = Array.from({ length: 13 }, (_, index) => image(`app:${index}`, null));
	t.assert.match(select(many).notices[0].message, /app:1, .*app:10, and 2 more\.$/);
});

test('no images at all are an error', (t) => {
	t.assert.throws(() => select([]), { code: 'not-an-image', message: 'app.tar contains no image.' });
});

test('platforms that the archive does not hold are told of, each once', (t) => {
	t.assert.equal(platformsAbsent([]), null);
	const absent = ['linux/arm/v7', 'linux/386', 'linux/arm/v7'].map(parsePlatform);
	t.assert.deepEqual(platformsAbsent(absent), {
		code: 'platforms-absent',
		message: 'The index also lists images that the archive does not contain: linux/arm/v7, linux/386.',
	});
});
