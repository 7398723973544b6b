import { FathomError } from '../../../errors.ts';
import { formatReference, parseReference } from '../../../image/reference.ts';
import { noSuchImage, similarNames } from '../image-name.ts';
import { withoutFullStop } from '../message-text.ts';
import { askCtr, type Ctr, type ListedImage, parseImageList } from './ctr.ts';

/** An image in containerd, with all its names. */
export interface CtrImage {
	readonly digest: string;
	readonly names: readonly string[];
}

/**
 * Finds an image by its name as written, its full name (`nginx` is `docker.io/library/nginx:latest`), or its digest or the start of it.
 * Throws `not-found`, and the hint names the other namespaces that have it.
 */
export async function findCtrImage(ctr: Ctr, signal?: AbortSignal): Promise<CtrImage> {
	const { address, input } = ctr;
	const wanted = namesOf(input.name);
	const listed = await listImages(ctr, [...wanted.map(byName), ...byDigest(input.name)], signal);
	const named = wanted.map((name) => listed.find((image) => image.name === name)).find(Boolean);
	const found = named ?? listed[0];
	if (found === undefined) {
		const others = await otherNamespaces(ctr, wanted, signal);
		if (others.length > 0) throw inOtherNamespace(ctr, others);
		const all = await askCtr(ctr, ['images', 'ls', '-q'], signal);
		const names = all.stdout.toString().split('\n').filter(Boolean);
		const where = `${address.label}, namespace ${address.namespace},`;
		throw noSuchImage(where, input.name, similarNames(input.name, names), 'ctr images pull');
	}
	const same = await listImages(ctr, [`target.digest=="${found.digest}"`], signal);
	return { digest: found.digest, names: same.map(({ name }) => name) };
}

async function listImages(
	ctr: Ctr,
	filters: readonly string[],
	signal?: AbortSignal,
): Promise<readonly ListedImage[]> {
	const { exitCode, stdout, lastError } = await askCtr(ctr, ['images', 'ls', ...filters], signal);
	if (exitCode === 0) return parseImageList(stdout.toString());
	const isDenied = /permission denied/i.test(lastError);
	throw new FathomError({
		code: isDenied ? 'denied' : 'unavailable',
		message: `${ctr.address.label} does not answer: ${withoutFullStop(lastError) || `ctr exited with code ${exitCode}`}.`,
		hint: 'Check that it runs, and that CONTAINERD_ADDRESS is its socket.',
	});
}

function namesOf(name: string): readonly string[] {
	const full = fullName(name);
	return full === null || full === name ? [name] : [name, full];
}

function fullName(name: string): string | null {
	try {
		return formatReference(parseReference(name));
	} catch {
		return null;
	}
}

function byName(name: string): string {
	return `name=="${name}"`;
}

function byDigest(name: string): readonly string[] {
	const digest = /(?:^|@)(?:sha256:)?([0-9a-f]{6,64})$/.exec(name)?.[1];
	return digest === undefined ? [] : [`target.digest~="^sha256:${digest}"`];
}

const MOST_NAMESPACES = 20;

async function otherNamespaces(
	ctr: Ctr,
	wanted: readonly string[],
	signal?: AbortSignal,
): Promise<readonly string[]> {
	const { exitCode, stdout } = await askCtr(ctr, ['namespaces', 'ls', '-q'], signal);
	const names = exitCode === 0 ? stdout.toString().split(/\s+/).filter(Boolean) : [];
	const others = names.filter((name) => name !== ctr.address.namespace).slice(0, MOST_NAMESPACES);
	const holding: string[] = [];
	for (const namespace of others) {
		const other = { ...ctr, address: { ...ctr.address, namespace } };
		const result = await askCtr(other, ['images', 'ls', '-q', ...wanted.map(byName)], signal);
		if (result.exitCode === 0 && result.stdout.length > 0) holding.push(namespace);
	}
	return holding;
}

function inOtherNamespace({ address, input }: Ctr, namespaces: readonly string[]): FathomError {
	return new FathomError({
		code: 'not-found',
		message: `${address.label}, namespace ${address.namespace}, has no image ${input.name}.`,
		hint: `It is in namespace ${namespaces.join(', ')}: use --namespace ${namespaces[0]}`,
	});
}
