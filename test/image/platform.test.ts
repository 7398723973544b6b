import { test } from 'node:test';
import { formatPlatform, hostPlatform, parsePlatform, platformMatches } from '../../source/image/platform.ts';

const matches = (wanted: string, offered: string) =>
	platformMatches(parsePlatform(wanted), parsePlatform(offered));

test('a platform is os/arch or os/arch/variant', (t) => {
	t.assert.deepEqual(parsePlatform('linux/amd64'), { os: 'linux', architecture: 'amd64', variant: null });
	t.assert.equal(formatPlatform(parsePlatform('linux/arm/v6')), 'linux/arm/v6');
	for (const text of ['', 'linux', 'linux/', '/amd64', 'linux/arm/', 'linux/arm/v6/x']) {
		t.assert.throws(() => parsePlatform(text), { code: 'usage' }, text);
	}
});

test('a variant that was not asked for does not matter', (t) => {
	t.assert.equal(matches('linux/arm', 'linux/arm/v6'), true);
	t.assert.equal(matches('linux/arm/v7', 'linux/arm/v6'), false);
	t.assert.equal(matches('linux/arm64', 'linux/arm'), false);
	t.assert.equal(matches('windows/amd64', 'linux/amd64'), false);
});

test('the variant that an architecture has by default may be left out', (t) => {
	t.assert.equal(matches('linux/arm64/v8', 'linux/arm64'), true);
	t.assert.equal(matches('linux/arm/v7', 'linux/arm'), true);
	t.assert.equal(matches('linux/arm/v6', 'linux/arm'), false);
});

test("the kernel's names of architectures mean the same", (t) => {
	t.assert.equal(matches('linux/x86_64', 'linux/amd64'), true);
	t.assert.equal(matches('linux/arm64', 'linux/aarch64'), true);
});

test('containers run on Linux, with the names that Go has for architectures', (t) => {
	t.assert.equal(formatPlatform(hostPlatform('x64')), 'linux/amd64');
	t.assert.equal(formatPlatform(hostPlatform('arm64')), 'linux/arm64');
	t.assert.equal(formatPlatform(hostPlatform('ia32')), 'linux/386');
});
