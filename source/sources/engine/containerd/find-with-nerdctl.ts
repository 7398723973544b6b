import { FathomError } from '../../../errors.ts';
import { type ImageConfig, parseConfig } from '../../../image/config.ts';
import { isObject, parseJson } from '../../../image/json.ts';
import { formatPlatform, platformMatches } from '../../../image/platform.ts';
import * as tolerant from '../../../image/tolerant.ts';
import type { Chunks } from '../../../tar/compression/unpack.ts';
import type { FoundImage, ImageChoice, ReadOptions, SourceInput } from '../../image-source.ts';
import type { InspectedImage, ToldImage } from '../engine-image.ts';
import { truncatedExport } from '../export/export-error.ts';
import { findExport } from '../export/find-export.ts';
import { programExport } from '../export/image-export.ts';
import { noSuchImage } from '../image-name.ts';
import { withoutFullStop } from '../message-text.ts';
import { askProgram, ProgramOutput, type ProgramResult } from '../run-program.ts';
import type { ContainerdAddress } from './containerd-address.ts';

const TIMEOUT_MILLISECONDS = 20_000;
const NERDCTL = 'nerdctl';

/** Finds an image with `nerdctl`, where `ctr` is not installed or only nerdctl finds containerd's socket. */
export async function findWithNerdctl(
	address: ContainerdAddress,
	input: SourceInput,
	options: ReadOptions,
): Promise<FoundImage> {
	const { name, host, platform } = input;
	const { signal } = options;
	const common = [
		'--namespace',
		address.namespace,
		...(host.environment.CONTAINERD_ADDRESS ? ['--address', address.socketPath] : []),
	];
	const wanted = platform === undefined ? [] : ['--platform', formatPlatform(platform)];
	const engine = `containerd through nerdctl, namespace ${address.namespace}`;
	const inspect = [...common, 'image', 'inspect', '--mode=native', ...wanted, '--', name];
	const result = await askProgram(
		{ program: NERDCTL, options: inspect, environment: host.environment, signal },
		TIMEOUT_MILLISECONDS,
	);
	const found = result.exitCode === 0 ? parseImages(result.stdout, platform) : null;
	if (found === null) throw notInspected(engine, input, result);
	const save = [...common, 'save', ...wanted, '--', name];
	return findExport({
		input,
		options,
		sourceKind: 'containerd',
		engine,
		image: found.image,
		record: null,
		tell: async () => found.told,
		imageExport: programExport((given) => saveImage(engine, input, save, given)),
	});
}

/** Fields have their names in Go, and those of the OCI image specification further in (nerdctl, pkg/inspecttypes/native). */
const schema = tolerant.fields({
	Image: tolerant.fields({ Name: tolerant.text, Target: tolerant.fields({ digest: tolerant.digest }) }),
	ImageConfig: tolerant.fields({
		rootfs: tolerant.fields({ diff_ids: tolerant.listOfEach(tolerant.digest) }),
	}),
	Manifest: tolerant.fields({
		layers: tolerant.listOfEach(
			tolerant.fields({ digest: tolerant.digest, mediaType: tolerant.text, size: tolerant.byteCount }),
		),
	}),
});

interface NerdctlImage {
	readonly image: InspectedImage;
	readonly told: ToldImage;
}

function parseImages(output: Uint8Array, platform: ImageChoice['platform']): NerdctlImage | null {
	const document = parseJson(output, 'The output of nerdctl');
	const images = (Array.isArray(document) ? document : [document]).flatMap((item) => {
		const { Image, ImageConfig, Manifest } = schema.parse(item);
		const config = configOf(isObject(item) ? item.ImageConfig : null);
		const id = Image.Target.digest;
		if (id === null) return [];
		const diffIds = ImageConfig.rootfs.diff_ids.filter((diffId) => diffId !== null);
		const names = Image.Name === null ? [] : [Image.Name];
		const layers = Manifest.layers.map(({ size, ...layer }) => ({ ...layer, storedBytes: size ?? 0 }));
		return [{ image: { id, names, platform: config.platform, diffIds }, told: { config, layers } }];
	});
	const fitting = images.find(
		({ image }) => !platform || (image.platform && platformMatches(platform, image.platform)),
	);
	return fitting ?? null;
}

function configOf(document: unknown): ImageConfig {
	return parseConfig(
		Buffer.from(JSON.stringify(isObject(document) ? document : {})),
		'The output of nerdctl',
	);
}

async function* saveImage(
	engine: string,
	{ name, host }: SourceInput,
	options: readonly string[],
	signal?: AbortSignal,
): Chunks {
	const output = new ProgramOutput({ program: NERDCTL, options, environment: host.environment, signal });
	yield* output.chunks();
	if (output.exitCode !== 0)
		throw truncatedExport(engine, name, new Error(output.lastError || `exit code ${output.exitCode}`));
}

function notInspected(
	engine: string,
	{ name }: SourceInput,
	{ exitCode, lastError }: ProgramResult,
): FathomError {
	if (exitCode === 0 || /no such image|not found/i.test(lastError))
		return noSuchImage(engine, name, [], 'nerdctl pull');
	return new FathomError({
		code: /permission denied/i.test(lastError) ? 'denied' : 'unavailable',
		message: `${engine} does not answer: ${withoutFullStop(lastError) || `nerdctl exited with code ${exitCode}`}.`,
		hint: 'Check that this works: nerdctl images',
	});
}
