import type { BaseImage } from '../../../image/image.ts';
import type { Steps } from '../../../steps.ts';
import type { OwnedPackage } from '../../packages/packages.ts';
import type { FindingInput, FoundFinding } from '../finding.ts';
import { packageNames, upgradedPackage } from './upgraded-packages.ts';

const ROWS_A_STEP = 4096;
const LONGEST_NAME = 120;

/** The name of the base, or of what that is built on, is another image now: it is said of the topmost. */
export function* findOutdatedBase(input: FindingInput): Steps<readonly FoundFinding[]> {
	const { images = [] } = input.base;
	const outdated = images.find(({ newer }) => newer !== null);
	if (outdated === undefined) return [];
	const [topmost] = images;
	return [
		{
			code: 'base-outdated',
			level: 'hint',
			title: titleOf(outdated, topmost),
			claim: { kind: 'nothing', nodes: [] },
			shippedIn: null,
			wastedIn: null,
			advice: { text: `${adviceOf(outdated, topmost)}${yield* upgradesOf(input)}`, edit: null },
		},
	];
}

function titleOf(outdated: BaseImage, topmost: BaseImage): string {
	const isBase = outdated === topmost;
	const what = isBase ? 'the base' : `which ${nameOf(topmost)} is built on`;
	const digest = outdated.newer?.digest;
	return `${nameOf(outdated)}, ${what}, is another image now${digest ? ` (${digest.slice(0, 'sha256:'.length + 12)})` : ''}`;
}

function adviceOf(outdated: BaseImage, topmost: BaseImage): string {
	if (outdated === topmost) return 'Rebuild on it: docker build --pull fetches it.';
	return `Rebuild once there is a newer ${nameOf(topmost)}, or build on the newer ${nameOf(outdated)} yourself.`;
}

function* upgradesOf(input: FindingInput): Steps<string> {
	const { count } = input.tree.waste;
	const upgraded = new Set<OwnedPackage>();
	for (let row = 0; row < count; row++) {
		if (row % ROWS_A_STEP === ROWS_A_STEP - 1) yield;
		const found = upgradedPackage(input, row);
		if (found !== undefined) upgraded.add(found);
	}
	if (upgraded.size === 0) return '';
	const [them, are] = upgraded.size === 1 ? ['it', 'is'] : ['them', 'are'];
	return ` Packages of the base that are upgraded here may be in it already, so that nothing ships ${them} a second time: ${packageNames(upgraded)} ${are} shipped twice now.`;
}

function nameOf({ image }: BaseImage): string {
	return image.length > LONGEST_NAME ? `${image.slice(0, LONGEST_NAME)}…` : image;
}
