import { shortDigest } from '../../image/digest.ts';
import type { ReadImage, SourceInput } from '../../sources/image-source.ts';
import { shorten } from '../../text/shorten.ts';
import type { Notice, Warning } from '../../warning.ts';
import type { LeftOut, WrittenChanges } from './written-changes.ts';

export interface Below {
	readonly image: ReadImage;
	readonly layerCount: number;
	/** What was mounted in the container. */
	readonly mounts: readonly string[];
}

/** What a user should know about a container that is shown as a layer. */
export function noticesOf(
	changes: WrittenChanges,
	{ container, foundIn }: ReadImage,
	{ image, layerCount, mounts }: Below,
): readonly Notice[] {
	const { engineMade, mounted } = changes;
	const what =
		container === undefined ? 'what its container wrote' : `what container ${shorten(container.name)} wrote`;
	// An image of the same engine goes without saying.
	const place =
		image.foundIn === null || image.foundIn === foundIn ? '' : `, found in ${shorten(image.foundIn)}`;
	const notices: Notice[] = [
		{ code: 'container', message: `Layer ${layerCount + 1} is ${what} on top of ${nameOf(image)}${place}.` },
	];
	const otherId = otherImageId(container, image);
	if (otherId !== null)
		notices.push({
			code: 'container-of-other-image',
			message: `The container was made from image ${otherId}, and ${nameOf(image)} has another ID: what it wrote may be shown wrong.`,
		});
	if (container?.isRunning)
		notices.push({
			code: 'container-running',
			message:
				'The container is running: a file that it writes while it is read may be shown as it never was.',
		});
	if (engineMade.count > 0)
		notices.push({
			code: 'engine-files-left-out',
			message: `${counted(engineMade.count, 'path')} that the engine makes ${isAre(engineMade.count)} left out: ${listed(engineMade)}.`,
		});
	if (mounts.length > 0) notices.push({ code: 'mounts-left-out', message: mountText(mounts, mounted) });
	return notices;
}

/** The ID of the image that the container was made from, where that is not the ID of this one. */
function otherImageId(container: ReadImage['container'], { description }: ReadImage): string | null {
	const { configDigest, manifestDigest } = description;
	const imageId = container?.imageId ?? null;
	if (imageId === null || configDigest === null) return null;
	return imageId === configDigest || imageId === manifestDigest ? null : shortDigest(imageId);
}

function mountText(mounts: readonly string[], { count }: LeftOut): string {
	const named = listed({ count: mounts.length, examples: mounts.slice(0, MOST_NAMED).map(shorten) });
	const paths = count === 0 ? '' : `, with ${counted(count, 'path')} of the container`;
	return `${counted(mounts.length, 'volume or mount', 'volumes and mounts')} ${isAre(mounts.length)} left out${paths}: ${named}.`;
}

/** What speaks against the image being that of the container. */
export function warningsOf(
	{ files, loaders }: WrittenChanges,
	image: ReadImage,
	{ over }: SourceInput,
): readonly Warning[] {
	if (over === undefined) return [];
	const name = shorten(image.description.names[0] ?? over);
	const here = platformsOf(loaders.container);
	const there = platformsOf(loaders.image);
	if (here.length > 0 && there.length > 0 && !here.some((platform) => there.includes(platform)))
		return [
			warning(
				'image-of-other-platform',
				`The container has programs for ${here.join(', ')}, and ${name} has programs for ${there.join(', ')}: it is not the image of this container.`,
			),
		];
	if (files.same > 0 || files.removed === 0) return [];
	return [
		warning(
			'unrelated-image',
			`The container has no file of ${name} as it is there: it may not be the image of this container.`,
		),
	];
}

function warning(code: Warning['code'], message: string): Warning {
	return { code, layerIndex: null, count: 1, example: null, message };
}

/** Dynamic loaders as the C libraries name them, by the architectures of platforms. */
const architectures: Readonly<Record<string, string>> = {
	'ld-linux-x86-64.so.2': 'amd64',
	'ld-musl-x86_64.so.1': 'amd64',
	'ld-linux-aarch64.so.1': 'arm64',
	'ld-musl-aarch64.so.1': 'arm64',
	'ld-linux-armhf.so.3': 'arm',
	'ld-musl-armhf.so.1': 'arm',
	'ld-linux.so.2': '386',
	'ld-musl-i386.so.1': '386',
	'ld64.so.1': 's390x',
	'ld-musl-s390x.so.1': 's390x',
	'ld64.so.2': 'ppc64le',
	'ld-musl-powerpc64le.so.1': 'ppc64le',
	'ld-linux-riscv64-lp64d.so.1': 'riscv64',
	'ld-musl-riscv64.so.1': 'riscv64',
};

function platformsOf(loaders: readonly string[]): readonly string[] {
	const known = loaders.filter((name) => Object.hasOwn(architectures, name));
	return [...new Set(known.map((name) => `linux/${architectures[name]}`))];
}

function nameOf({ description, reference }: ReadImage): string {
	const { names, configDigest } = description;
	return shorten(names[0] ?? (configDigest === null ? reference : shortDigest(configDigest)));
}

const MOST_NAMED = 4;

function listed({ count, examples }: LeftOut): string {
	const rest = count - examples.length;
	return rest === 0 ? examples.join(', ') : `${examples.join(', ')} and ${rest} more`;
}

function counted(count: number, one: string, several = `${one}s`): string {
	return `${count} ${count === 1 ? one : several}`;
}

function isAre(count: number): string {
	return count === 1 ? 'is' : 'are';
}
